"""DOI, ISSN and ISBN as written -> in one form, or "" for what is none."""

import re
from urllib.parse import unquote

_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")
_CLOSING = {")": "(", "]": "[", ">": "<"}
_ISSN = re.compile(r"([0-9]{4})-?([0-9]{3}[0-9X])")
_ISBN_SIGNS = re.compile(r"[\s‐‑–-]")
_MARK = re.compile(r"^(?:urn:)?(?:e-?|p-?)?is[bs]n(?:-1[03](?=[\s:]))?[\s:-]*", re.IGNORECASE)


def doi(text: str) -> str:
    """Return the DOI in *text*, in lower case; letters' case makes no difference in a DOI.

    Specification: https://www.doi.org/doi-handbook/HTML/case-sensitivity.html
    """
    found = _DOI.search(unquote(text))
    if not found:
        return ""
    name = found[0].rstrip(".,;:\"'")
    while name and name[-1] in _CLOSING and name.count(name[-1]) > name.count(_CLOSING[name[-1]]):
        name = name[:-1].rstrip(".,;:")
    return name.lower() if _DOI.fullmatch(name) else ""


def issn(text: str) -> str:
    """Return the ISSN that *text* is, as 1234-5679; "" if its check digit is wrong.

    Specification: ISO 3297; https://www.issn.org/understanding-the-issn/assignment-rules/
    """
    found = _ISSN.fullmatch(_MARK.sub("", text.strip().upper()))
    if not found:
        return ""
    digits = found[1] + found[2]
    total = sum(weight * _digit(sign) for weight, sign in zip(range(8, 0, -1), digits, strict=True))
    return f"{found[1]}-{found[2]}" if total % 11 == 0 else ""


def isbn(text: str) -> str:
    """Return the ISBN that *text* is in 13 digits; "" if its check digit is wrong.

    Specification: https://www.isbn-international.org/content/isbn-users-manual
    """
    digits = _ISBN_SIGNS.sub("", _MARK.sub("", text.strip())).upper()
    if re.fullmatch(r"97[89][0-9]{10}", digits):
        return digits if _check_digit(digits[:12]) == digits[12] else ""
    if re.fullmatch(r"[0-9]{9}[0-9X]", digits):
        weights = range(10, 0, -1)
        total = sum(weight * _digit(sign) for weight, sign in zip(weights, digits, strict=True))
        return f"978{digits[:9]}{_check_digit('978' + digits[:9])}" if total % 11 == 0 else ""
    return ""


def _digit(sign: str) -> int:
    return 10 if sign == "X" else int(sign)


def _check_digit(twelve: str) -> str:
    total = sum(int(sign) * (3 if place % 2 else 1) for place, sign in enumerate(twelve))
    return str(-total % 10)
