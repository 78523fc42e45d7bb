from django.db import migrations

# The floor of 12 months is the database's own, whatever PERSONAL_DATA_MONTHS says. It counts from the newest entry, not
# from the machine's clock, which knows nothing of the setting TODAY. AFTER each statement, so that one look at what it
# would delete is enough, however many rows that is.
ALLOW_OLD_SIGN_INS = """
DROP TRIGGER access_record_never_changes ON access_accessrecord;
CREATE TRIGGER access_record_never_changes BEFORE UPDATE ON access_accessrecord
    FOR EACH STATEMENT EXECUTE FUNCTION access_record_never_changes();
CREATE FUNCTION access_record_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM gone
        WHERE kind NOT IN (
            'sign_in', 'sign_in_failed', 'sign_in_throttled', 'sign_out', 'second_factor_failed', 'session_ended',
            'stranger_refused'
        )
        OR at >= coalesce((SELECT max(at) FROM access_accessrecord) - interval '12 months', '-infinity')
    ) THEN
        RAISE EXCEPTION 'An entry of the record is neither changed nor deleted, but for sign-ins of more than 12 months before the newest entry. Write a new one that says what is different.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER access_record_keeps AFTER DELETE ON access_accessrecord
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION access_record_keeps();
"""
FORBID_ALL = """
DROP TRIGGER access_record_keeps ON access_accessrecord;
DROP FUNCTION access_record_keeps();
DROP TRIGGER access_record_never_changes ON access_accessrecord;
CREATE TRIGGER access_record_never_changes BEFORE UPDATE OR DELETE ON access_accessrecord
    FOR EACH STATEMENT EXECUTE FUNCTION access_record_never_changes();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0004_cache"),
    ]

    operations = [
        migrations.RunSQL(ALLOW_OLD_SIGN_INS, FORBID_ALL),
    ]
