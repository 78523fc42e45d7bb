"""Fields that forms of several rooms have, each with sentences of its own for what is missing or too long."""

from django import forms


def words_field(label: str, *, longest: int, missing: str = "", hint: str = "", rows: int = 3) -> forms.CharField:
    """Text of several lines; it may be left empty unless `missing` says why not."""
    return forms.CharField(
        label=label,
        required=bool(missing),
        max_length=longest,
        help_text=hint,
        error_messages={
            "required": missing,
            "max_length": f"“{label}” is too long. Write at most {longest:,} characters.",
        },
        widget=forms.Textarea(attrs={"class": "govuk-textarea", "rows": rows}),
    )
