from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0008_more_kinds_of_entries'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='accessrecord',
            name='access_record_read_has_a_reader',
        ),
        migrations.RemoveConstraint(
            model_name='accessrecord',
            name='access_record_kind_in_list',
        ),
        migrations.AlterField(
            model_name='accessrecord',
            name='kind',
            field=models.CharField(choices=[('sign_in', 'Signed in'), ('sign_in_failed', 'Sign-in failed'), ('sign_in_throttled', 'Sign-in refused: too many attempts'), ('sign_out', 'Signed out'), ('invited', 'Invited'), ('role_given', 'Role given'), ('role_ended', 'Role ended'), ('role_taken_back', 'Role taken back'), ('invitation_sent', 'Invitation sent'), ('invitation_accepted', 'Invitation accepted'), ('invitation_withdrawn', 'Invitation withdrawn'), ('person_changed', 'Name or address changed'), ('account_closed', 'Account closed'), ('account_reopened', 'Account opened again'), ('password_changed', 'Password changed'), ('second_factor_added', 'Second factor added'), ('second_factor_removed', 'Second factor removed'), ('second_factor_failed', 'Second factor failed'), ('session_ended', 'Session ended'), ('account_linked', 'Council account linked'), ('account_unlinked', 'Council account unlinked'), ('stranger_refused', 'Unknown council account refused'), ('personal_data_removed', 'Personal data removed'), ('paper_read', 'Restricted paper read'), ('table_read', 'Restricted table read'), ('table_taken', 'Restricted table taken away'), ('pack_read', 'Restricted pack read'), ('paper_opened', 'Paper opened to the public'), ('pack_published', 'Pack published'), ('paper_withdrawn', 'Paper withdrawn'), ('grounds_set', 'Grounds of a paper set'), ('reader_admitted', 'Reader admitted to a paper'), ('councillors_decided', 'Paper decided for all councillors'), ('words_cleared', 'Words of a paper cleared'), ('paper_reviewed', 'Exemption reviewed'), ('paper_released', 'Paper released'), ('publications_verified', 'Publications verified'), ('letter_read', 'Letter held back read'), ('letter_entered', 'Letter entered'), ('letter_removed', 'Letter removed'), ('letter_reader_named', 'Reader named for a letter'), ('letter_opened', 'Letter opened to the public'), ('letter_closed', 'Letter held back again')], max_length=30),
        ),
        migrations.AddConstraint(
            model_name='accessrecord',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['sign_in', 'sign_in_failed', 'sign_in_throttled', 'sign_out', 'invited', 'role_given', 'role_ended', 'role_taken_back', 'invitation_sent', 'invitation_accepted', 'invitation_withdrawn', 'person_changed', 'account_closed', 'account_reopened', 'password_changed', 'second_factor_added', 'second_factor_removed', 'second_factor_failed', 'session_ended', 'account_linked', 'account_unlinked', 'stranger_refused', 'personal_data_removed', 'paper_read', 'table_read', 'table_taken', 'pack_read', 'paper_opened', 'pack_published', 'paper_withdrawn', 'grounds_set', 'reader_admitted', 'councillors_decided', 'words_cleared', 'paper_reviewed', 'paper_released', 'publications_verified', 'letter_read', 'letter_entered', 'letter_removed', 'letter_reader_named', 'letter_opened', 'letter_closed'])), name='access_record_kind_in_list', violation_error_message='The record has no such kind of entry.'),
        ),
        migrations.AddConstraint(
            model_name='accessrecord',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['paper_read', 'table_read', 'table_taken', 'pack_read', 'letter_read']), _negated=True), ('person__isnull', False), _connector='OR'), name='access_record_read_has_a_reader', violation_error_message='A read of a restricted paper names who read it.'),
        ),
    ]
