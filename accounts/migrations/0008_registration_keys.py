import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0007_every_mailbox_has_its_form'),
    ]

    operations = [
        migrations.CreateModel(
            name='RegistrationKey',
            fields=[
                ('key', models.CharField(max_length=255, primary_key=True, serialize=False)),
                ('device_id', models.UUIDField()),
                ('fingerprint', models.BinaryField(help_text='Of the body without its password.', max_length=32)),
                ('created_at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'registration_keys',
                'indexes': [models.Index(models.F('created_at'), name='registration_keys_age')],
            },
        ),
    ]
