import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=100, verbose_name='source of the Document')),
                ('subject', models.CharField(max_length=200, verbose_name='what it is about')),
                ('version', models.PositiveIntegerField()),
                ('title', models.CharField(max_length=300)),
                ('restriction', models.CharField(choices=[('open', 'open'), ('exempt', 'exempt'), ('confidential', 'confidential')], max_length=12)),
                ('edition', models.CharField(choices=[('public', 'public'), ('restricted', 'restricted')], max_length=10)),
                ('document_json', models.TextField(verbose_name='the Document as JSON')),
                ('checksum', models.CharField(max_length=64, verbose_name='SHA-256 of the JSON')),
                ('frozen_at', models.DateTimeField()),
                ('frozen_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='publications', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('source', 'subject', 'restriction', 'version'), name='publishing_publication_version_once'), models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='publishing_publication_version_from_1'), models.CheckConstraint(condition=models.Q(models.Q(('edition', 'public'), ('restriction', 'open')), models.Q(('edition', 'restricted'), models.Q(('restriction', 'open'), _negated=True)), _connector='OR'), name='publishing_publication_public_is_open'), models.CheckConstraint(condition=models.Q(('restriction__in', ['open', 'exempt', 'confidential'])), name='publishing_publication_restriction_known'), models.CheckConstraint(condition=models.Q(('checksum__regex', '^[0-9a-f]{64}$')), name='publishing_publication_checksum'), models.CheckConstraint(condition=models.Q(models.Q(('source', ''), _negated=True), models.Q(('subject', ''), _negated=True), models.Q(('title', ''), _negated=True)), name='publishing_publication_named')],
            },
        ),
        migrations.CreateModel(
            name='StoredPack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200)),
                ('edition', models.CharField(choices=[('public', 'public'), ('restricted', 'restricted')], max_length=10)),
                ('pdf', models.BinaryField()),
                ('pages', models.JSONField(verbose_name='page map')),
                ('checksum', models.CharField(max_length=64, verbose_name='SHA-256 of the PDF')),
                ('plan_checksum', models.CharField(max_length=64, verbose_name='SHA-256 of plan, type and style')),
                ('built_at', models.DateTimeField()),
                ('built_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='packs_built', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('key', 'edition'), name='publishing_storedpack_once'), models.CheckConstraint(condition=models.Q(('edition__in', ['public', 'restricted'])), name='publishing_storedpack_edition_known'), models.CheckConstraint(condition=models.Q(('checksum__regex', '^[0-9a-f]{64}$'), ('plan_checksum__regex', '^[0-9a-f]{64}$')), name='publishing_storedpack_checksums')],
            },
        ),
    ]
