from django.db import migrations

FROZEN = ("source", "subject", "version", "title", "document_json", "checksum", "frozen_at", "frozen_by_id", "restriction")
BROUGHT = (
    "name", "title", "original_checksum", "checksum", "part", "pages", "is_tagged", "texts", "findings", "uploaded_at",
    "uploaded_by_id", "restriction",
)
PASSED = ("code", "page", "reason", "passed_at", "passed_by_id")


def move(apps, schema_editor):
    """Titles and content of exempt and confidential papers go to the tables that no public edition reads.

    Packs and set pages are made anew when they are asked for; how a brought file fared is told for a day only.
    """
    of = lambda app, name: apps.get_model(app, name).objects
    of("agenda", "BroughtFile").exclude(finished_at=None).delete()
    of("publishing", "StoredPack").filter(edition="restricted").delete()
    of("publishing", "StoredPart").all().delete()
    publications, uploads = {}, {}
    versions = {}
    for row in of("publishing", "Publication").exclude(restriction="open").order_by("pk"):
        values = {name: getattr(row, name) for name in FROZEN}
        # Exempt and confidential versions of one subject were counted apart.
        values["version"] = versions[row.source, row.subject] = versions.get((row.source, row.subject), 0) + 1
        publications[row.pk] = of("publishing", "RestrictedPublication").create(**values)
    for row in of("publishing", "UploadedPdf").exclude(restriction="open"):
        upload = of("publishing", "RestrictedPdf").create(**{name: getattr(row, name) for name in BROUGHT})
        uploads[row.pk] = upload
        of("agenda", "BroughtFile").filter(seen=row.pk).update(seen=upload.pk)
        for passed in of("publishing", "PassedWarning").filter(upload_id=row.pk):
            values = {name: getattr(passed, name) for name in PASSED}
            of("publishing", "RestrictedPassedWarning").create(upload=upload, **values)
    for paper in of("agenda", "Paper").select_related("publication", "upload"):
        grounds = [paper.restriction]
        grounds += [each.restriction for each in (paper.publication, paper.upload) if each is not None]
        ground = next((each for each in grounds if each != "open"), "open")
        if ground == "open":
            continue
        # Frozen as open under a paper that is not: its words go along, and nobody is led to the open row any more.
        if paper.publication is not None and paper.publication_id not in publications:
            values = {name: getattr(paper.publication, name) for name in FROZEN} | {"restriction": ground}
            key = (paper.publication.source, paper.publication.subject)
            values["version"] = versions[key] = versions.get(key, 0) + 1
            publications[paper.publication_id] = of("publishing", "RestrictedPublication").create(**values)
        if paper.upload is not None and paper.upload_id not in uploads:
            values = {name: getattr(paper.upload, name) for name in BROUGHT} | {"restriction": ground}
            uploads[paper.upload_id] = of("publishing", "RestrictedPdf").create(**values)
        of("agenda", "RestrictedPaper").create(
            paper=paper,
            title=paper.title,
            source=paper.source,
            subject=paper.subject,
            publication=publications.get(paper.publication_id),
            upload=uploads.get(paper.upload_id),
        )
        paper.title = paper.source = paper.subject = ""
        paper.publication = paper.upload = None
        paper.restriction = ground
        paper.save()
    of("publishing", "PassedWarning").exclude(upload__restriction="open").delete()
    of("publishing", "UploadedPdf").exclude(restriction="open").delete()
    of("publishing", "Publication").exclude(restriction="open").delete()


class Migration(migrations.Migration):

    dependencies = [
        ('agenda', '0004_restricted_papers'),
        ('publishing', '0005_restricted_tables'),
    ]

    operations = [
        migrations.RunPython(move, migrations.RunPython.noop),
    ]
