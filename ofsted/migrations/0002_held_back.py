"""What is held back is hidden from the public role by the database itself; a letter's history is only added to."""

from django.db import migrations

PUBLIC_ROLE = "torbay_public"
# Which rows the public role sees. A condition that asks another of these tables is held to that table's own condition.
SEEN = {
    "ofsted_letter": "published_on IS NOT NULL",
    "ofsted_visit": "is_public OR EXISTS (SELECT FROM ofsted_letter WHERE ofsted_letter.visit_id = ofsted_visit.id)",
    "ofsted_letterparagraph": "EXISTS (SELECT FROM ofsted_letter WHERE ofsted_letter.id = letter_id)",
    "ofsted_finding": "EXISTS (SELECT FROM ofsted_letterparagraph WHERE ofsted_letterparagraph.id = paragraph_id)",
    "ofsted_findingmeasure": "EXISTS (SELECT FROM ofsted_finding WHERE ofsted_finding.id = finding_id)",
    "ofsted_findingtheme": "EXISTS (SELECT FROM ofsted_finding WHERE ofsted_finding.theme_id = ofsted_findingtheme.id)",
}
HIDE = "".join(
    f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\n"
    f"CREATE POLICY ofsted_seen ON {table} USING (current_user <> '{PUBLIC_ROLE}' OR {condition});\n"
    for table, condition in SEEN.items()
)
SHOW = "".join(
    f"DROP POLICY ofsted_seen ON {table};\nALTER TABLE {table} DISABLE ROW LEVEL SECURITY;\n" for table in SEEN
)
FORBID = """
CREATE FUNCTION ofsted_kept_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('ofsted.letter_goes', true) = 'yes' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'The history of a letter is neither changed nor deleted. Write a new row that says what is different.'
        USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER ofsted_kept_for_good BEFORE UPDATE OR DELETE ON ofsted_letterentry
    FOR EACH STATEMENT EXECUTE FUNCTION ofsted_kept_for_good();
"""
ALLOW = """
DROP TRIGGER ofsted_kept_for_good ON ofsted_letterentry;
DROP FUNCTION ofsted_kept_for_good();
"""


class Migration(migrations.Migration):

    dependencies = [("ofsted", "0001_initial")]

    operations = [migrations.RunSQL(HIDE, SHOW), migrations.RunSQL(FORBID, ALLOW)]
