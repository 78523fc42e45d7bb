import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import improvement.kinds
import ofsted.kinds
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('improvement', '0003_levels_may_be_dropped'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Inspection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('judgement', models.CharField(choices=[('outstanding', 'outstanding'), ('good', 'good'), ('requires_improvement', 'requires improvement'), ('inadequate', 'inadequate')], max_length=20)),
                ('judged_in', models.DateField()),
                ('notice', models.CharField(blank=True, max_length=300)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ofsted_inspections', to='improvement.plan')),
            ],
            options={
                'ordering': ['-judged_in', 'title'],
            },
        ),
        migrations.CreateModel(
            name='FindingTheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60)),
                ('name', models.CharField(max_length=100)),
                ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='themes', to='ofsted.inspection')),
            ],
            options={
                'ordering': ['inspection', 'name'],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=300)),
                ('dated', models.DateField()),
                ('addressee', models.TextField(blank=True)),
                ('salutation', models.CharField(blank=True, max_length=100)),
                ('inspectors', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('companions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('copied_to', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), blank=True, default=list, size=None)),
                ('signed_by', models.CharField(blank=True, max_length=200)),
                ('stamp', models.CharField(blank=True, max_length=100)),
                ('notice', models.CharField(blank=True, max_length=300)),
                ('file_name', models.CharField(blank=True, max_length=255)),
                ('file_checksum', models.CharField(blank=True, max_length=64, verbose_name='SHA-256 of the file')),
                ('entered_at', models.DateTimeField(blank=True, null=True)),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='published by Ofsted on')),
                ('published_at_address', models.URLField(blank=True, max_length=500, verbose_name='where Ofsted published it')),
                ('revision', models.PositiveIntegerField(default=0)),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ofsted_letters_entered', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['visit'],
            },
        ),
        migrations.CreateModel(
            name='LetterEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('says', models.TextField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ofsted_entries', to=settings.AUTH_USER_MODEL)),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='ofsted.letter')),
            ],
            options={
                'verbose_name': 'entry about a letter',
                'verbose_name_plural': 'entries about letters',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='LetterParagraph',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.CharField(blank=True, max_length=200)),
                ('position', models.PositiveIntegerField()),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('text', 'text'), ('area', 'area'), ('finding', 'finding')], default=ofsted.kinds.ParagraphKind['TEXT'], max_length=10)),
                ('words', models.TextField()),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='paragraphs', to='ofsted.letter')),
            ],
            options={
                'ordering': ['letter', 'position'],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(default=1)),
                ('quote', models.TextField(blank=True)),
                ('polarity', models.CharField(blank=True, choices=[('', 'not marked yet'), ('weakness', 'weakness'), ('progress', 'progress'), ('strength', 'strength')], default=ofsted.kinds.Polarity['NOT_MARKED'], max_length=10)),
                ('since_last', models.CharField(blank=True, choices=[('', 'not stated'), ('better', 'better than at the last visit'), ('unchanged', 'as at the last visit'), ('worse', 'worse than at the last visit'), ('new', 'found for the first time')], default=ofsted.kinds.SinceLast['NOT_STATED'], max_length=10)),
                ('since_last_words', models.CharField(blank=True, max_length=300)),
                ('search', django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='findings', to='ofsted.findingtheme')),
                ('paragraph', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='ofsted.letterparagraph')),
            ],
            options={
                'ordering': ['paragraph', 'position'],
            },
        ),
        migrations.CreateModel(
            name='NamedReader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=300)),
                ('named_at', models.DateTimeField()),
                ('letter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='named_readers', to='ofsted.letter')),
                ('named_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ofsted_readers_named', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ofsted_letters_read', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['letter', 'named_at', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='StepLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relation', models.CharField(choices=[('answers', 'is meant to put it right'), ('contradicted', 'is contradicted by it'), ('confirmed', 'is borne out by it')], default=ofsted.kinds.Relation['ANSWERS'], max_length=12)),
                ('why', models.CharField(blank=True, max_length=300)),
                ('linked_at', models.DateTimeField(blank=True, null=True)),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='ofsted.finding')),
                ('linked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ofsted_links', to=settings.AUTH_USER_MODEL)),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ofsted_links', to='improvement.step')),
            ],
            options={
                'ordering': ['finding', 'step__action__position', 'step__number'],
            },
        ),
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=20)),
                ('number', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('month', models.DateField()),
                ('started_on', models.DateField(blank=True, null=True)),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('dates_printed', models.CharField(max_length=100, verbose_name='dates as printed')),
                ('is_public', models.BooleanField(default=False)),
                ('inspection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='visits', to='ofsted.inspection')),
            ],
            options={
                'ordering': ['inspection', 'month', models.OrderBy(models.F('started_on'), nulls_first=True), 'pk'],
            },
        ),
        migrations.AddField(
            model_name='letter',
            name='visit',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='letter', to='ofsted.visit'),
        ),
        migrations.CreateModel(
            name='FindingMeasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(default=1)),
                ('words', models.CharField(max_length=300)),
                ('value', models.DecimalField(decimal_places=2, max_digits=14)),
                ('out_of', models.PositiveIntegerField(blank=True, null=True)),
                ('unit', models.CharField(blank=True, max_length=40)),
                ('population', models.CharField(blank=True, max_length=200)),
                ('direction', models.CharField(choices=[('at_least', 'at least'), ('at_most', 'at most'), ('unknown', 'not stated')], default=improvement.kinds.Direction['UNKNOWN'], max_length=10)),
                ('target', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measures', to='ofsted.finding')),
            ],
            options={
                'ordering': ['finding', 'position'],
                'constraints': [models.UniqueConstraint(fields=('finding', 'position'), name='ofsted_measure_position_once'), models.CheckConstraint(condition=models.Q(models.Q(('direction', improvement.kinds.Direction['UNKNOWN']), ('target', None)), models.Q(('direction__in', [improvement.kinds.Direction['AT_LEAST'], improvement.kinds.Direction['AT_MOST']]), ('target__isnull', False)), _connector='OR'), name='ofsted_measure_target_with_direction')],
            },
        ),
        migrations.AddConstraint(
            model_name='inspection',
            constraint=models.CheckConstraint(condition=models.Q(('judgement__in', ofsted.kinds.Judgement)), name='ofsted_inspection_judgement_known'),
        ),
        migrations.AddConstraint(
            model_name='findingtheme',
            constraint=models.UniqueConstraint(fields=('inspection', 'slug'), name='ofsted_theme_slug_once'),
        ),
        migrations.AddConstraint(
            model_name='letterentry',
            constraint=models.CheckConstraint(condition=models.Q(('says', ''), _negated=True), name='ofsted_letterentry_says_something'),
        ),
        migrations.AddConstraint(
            model_name='letterparagraph',
            constraint=models.UniqueConstraint(fields=('letter', 'position'), name='ofsted_paragraph_position_once'),
        ),
        migrations.AddConstraint(
            model_name='letterparagraph',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ofsted.kinds.ParagraphKind)), name='ofsted_paragraph_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='letterparagraph',
            constraint=models.CheckConstraint(condition=models.Q(('words', ''), _negated=True), name='ofsted_paragraph_says_something'),
        ),
        migrations.AddIndex(
            model_name='finding',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='ofsted_finding_search'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.UniqueConstraint(fields=('paragraph', 'position'), name='ofsted_finding_position_once'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('polarity__in', ofsted.kinds.Polarity)), name='ofsted_finding_polarity_known'),
        ),
        migrations.AddConstraint(
            model_name='finding',
            constraint=models.CheckConstraint(condition=models.Q(('since_last__in', ofsted.kinds.SinceLast)), name='ofsted_finding_since_last_known'),
        ),
        migrations.AddConstraint(
            model_name='namedreader',
            constraint=models.UniqueConstraint(fields=('letter', 'person'), name='ofsted_namedreader_once'),
        ),
        migrations.AddConstraint(
            model_name='namedreader',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='ofsted_namedreader_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='steplink',
            constraint=models.UniqueConstraint(fields=('finding', 'step'), name='ofsted_steplink_once'),
        ),
        migrations.AddConstraint(
            model_name='steplink',
            constraint=models.CheckConstraint(condition=models.Q(('relation__in', ofsted.kinds.Relation)), name='ofsted_steplink_relation_known'),
        ),
        migrations.AddConstraint(
            model_name='steplink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('linked_at', None), ('linked_by', None)), models.Q(('linked_at__isnull', False), ('linked_by__isnull', False)), _connector='OR'), name='ofsted_steplink_linked_both_or_neither'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.UniqueConstraint(fields=('inspection', 'slug'), name='ofsted_visit_slug_once'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.UniqueConstraint(fields=('inspection', 'number'), name='ofsted_visit_number_once'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_on', None), ('started_on', None)), models.Q(('ended_on__gte', models.F('started_on')), ('started_on__gte', models.F('month')), ('started_on__isnull', False)), _connector='OR'), name='ofsted_visit_days_in_order'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('number', None), ('number__gte', 1), _connector='OR'), name='ofsted_visit_number_from_one'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at_address', ''), ('published_on', None)), models.Q(('published_on__isnull', False), models.Q(('published_at_address', ''), _negated=True)), _connector='OR'), name='ofsted_letter_published_with_address'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('entered_at', None), ('entered_by', None)), models.Q(('entered_at__isnull', False), ('entered_by__isnull', False)), _connector='OR'), name='ofsted_letter_entered_both_or_neither'),
        ),
    ]
