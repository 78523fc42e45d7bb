"""Addresses of the room ofsted: what Ofsted has published is everybody's, the rest is closed."""

from django.urls import URLPattern, path

from ofsted.views import answers, entering, inspections, keeping, letters, linking, marking, opening, themes

app_name = "ofsted"
urlpatterns: list[URLPattern] = [
    path("", inspections.inspections, name="inspections"),
    path("<slug:inspection>/", inspections.inspection, name="inspection"),
    path("<slug:inspection>/answers/", answers.answers, name="answers"),
    path("<slug:inspection>/answers/file/", answers.answers_file, name="answers-file"),
    path("<slug:inspection>/answers/paper/", answers.draft_paper, name="answers-paper"),
    path("<slug:inspection>/themes/<slug:theme>/", themes.theme, name="theme"),
    path("<slug:inspection>/letters/add/", entering.add, name="letter-add"),
    path("<slug:inspection>/visits/<slug:visit>/", letters.letter, name="letter"),
    path("<slug:inspection>/visits/<slug:visit>/file/", letters.letter_file, name="letter-file"),
    path("<slug:inspection>/visits/<slug:visit>/keep/", keeping.letter, name="letter-keep"),
    path("<slug:inspection>/visits/<slug:visit>/details/", keeping.details, name="letter-details"),
    path("<slug:inspection>/visits/<slug:visit>/paragraphs/<int:pk>/", keeping.paragraph, name="paragraph-keep"),
    path("<slug:inspection>/visits/<slug:visit>/paragraphs/<int:pk>/quote/", keeping.quote, name="quote-add"),
    path("<slug:inspection>/visits/<slug:visit>/remove/", keeping.remove, name="letter-remove"),
    path("<slug:inspection>/visits/<slug:visit>/findings/<int:pk>/", marking.finding, name="finding-keep"),
    path("<slug:inspection>/visits/<slug:visit>/findings/<int:pk>/remove/", marking.remove, name="finding-remove"),
    path(
        "<slug:inspection>/visits/<slug:visit>/findings/<int:pk>/measures/add/", marking.add_figure, name="measure-add"
    ),
    path(
        "<slug:inspection>/visits/<slug:visit>/findings/<int:pk>/measures/<int:measure>/remove/",
        marking.remove_figure,
        name="measure-remove",
    ),
    path("<slug:inspection>/visits/<slug:visit>/findings/<int:pk>/link/", linking.link, name="finding-link"),
    path("<slug:inspection>/visits/<slug:visit>/findings/<int:pk>/unlink/<int:link>/", linking.unlink, name="unlink"),
    path("<slug:inspection>/visits/<slug:visit>/publication/", opening.publication, name="letter-publication"),
    path("<slug:inspection>/visits/<slug:visit>/readers/", opening.readers, name="letter-readers"),
    path("<slug:inspection>/visits/<slug:visit>/readers/<int:pk>/end/", opening.end_reader, name="letter-reader-end"),
]
