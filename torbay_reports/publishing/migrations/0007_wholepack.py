from django.db import migrations, models


def _fields() -> list[tuple[str, models.Field]]:
    return [
        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
        ('key', models.CharField(max_length=200, unique=True, verbose_name='how the keys of its packs begin')),
        ('made_of', models.JSONField(verbose_name='key, version and manifest of each version joined')),
        ('pdf', models.BinaryField()),
        ('labels', models.JSONField(verbose_name='printed number of each page')),
        ('checksum', models.CharField(max_length=64, verbose_name='SHA-256 of the PDF')),
        ('made_at', models.DateTimeField()),
    ]


def _options(name: str) -> dict[str, object]:
    condition = models.Q(('checksum__regex', '^[0-9a-f]{64}$'))
    return {
        'abstract': False,
        'constraints': [models.CheckConstraint(condition=condition, name=f'publishing_{name}_checksum')],
    }


class Migration(migrations.Migration):

    dependencies = [
        ('publishing', '0006_open_tables'),
    ]

    operations = [
        migrations.CreateModel(name=name, fields=_fields(), options=_options(name.lower()))
        for name in ('WholePack', 'RestrictedWholePack')
    ]
