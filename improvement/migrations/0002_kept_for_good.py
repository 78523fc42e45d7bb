from django.db import migrations

TABLES = ("update", "updatedecision", "change", "deadline", "planversion", "commentary", "smallcountdecision")
# What was said and done on a plan is only added to. It goes only with its whole plan, which `services.plans.remove`
# announces for its own transaction. TRUNCATE stays possible: it belongs to who owns the table.
FORBID = """
CREATE FUNCTION improvement_kept_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('improvement.plan_goes', true) = 'yes' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'The history of a plan is neither changed nor deleted. Write a new row that says what is different.'
        USING ERRCODE = 'restrict_violation';
END
$$;
""" + "".join(
    f"CREATE TRIGGER improvement_kept_for_good BEFORE UPDATE OR DELETE ON improvement_{table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION improvement_kept_for_good();\n"
    for table in TABLES
)
ALLOW = "".join(
    f"DROP TRIGGER improvement_kept_for_good ON improvement_{table};\n" for table in TABLES
) + "DROP FUNCTION improvement_kept_for_good();"


class Migration(migrations.Migration):

    dependencies = [
        ("improvement", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(FORBID, ALLOW),
    ]
