"""The words that a reader looks for in findings."""

from django import forms


class SearchForm(forms.Form):
    """Words in the findings of one inspection's letters."""

    words = forms.CharField(
        label="Find words in the findings",
        required=False,
        max_length=200,
        help_text="“care leavers” finds both together, or finds either, -housing leaves out",
        error_messages={"max_length": "That is too much to look for. Type at most 200 characters."},
        widget=forms.TextInput(attrs={"class": "govuk-input", "autocomplete": "off"}),
    )

    def clean_words(self) -> str:
        """The words with plain quotation marks, the only ones by which the database keeps words together."""
        words: str = self.cleaned_data["words"]
        return words.translate({ord("“"): '"', ord("”"): '"'})
