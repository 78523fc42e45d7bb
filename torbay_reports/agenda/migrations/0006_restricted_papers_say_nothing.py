from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agenda', '0005_move_what_is_restricted'),
        ('publishing', '0006_open_tables'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='broughtfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('restricted_upload', None), ('restriction', 'open'), ('state', 'done'), ('upload__isnull', False)), models.Q(('restricted_upload__isnull', False), ('state', 'done'), ('upload', None), models.Q(('restriction', 'open'), _negated=True)), models.Q(models.Q(('state', 'done'), _negated=True), ('restricted_upload', None), ('upload', None)), _connector='OR'), name='agenda_broughtfile_done_with_an_upload'),
        ),
        migrations.AddConstraint(
            model_name='paper',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('description_list', None), ('descriptions', []), ('restriction', 'open')), models.Q(models.Q(('restriction', 'open'), _negated=True), ('publication', None), ('source', ''), ('subject', ''), ('title', ''), ('upload', None)), _connector='OR'), name='agenda_paper_restricted_says_nothing'),
        ),
        migrations.AddConstraint(
            model_name='admission',
            constraint=models.UniqueConstraint(fields=('paper', 'person'), name='agenda_admission_once'),
        ),
    ]
