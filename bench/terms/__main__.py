"""`python -m bench.terms`: prints what is found in the cases, and articles a second on one core."""

import sys
from collections.abc import Sequence
from time import process_time

from aggregator.config import read_glossary
from aggregator.text.terms import Terms
from bench.terms.scores import CASES, HOMES, ROOT, cases_of, score

#: An article is a case as the title and some more as the summary: 200 to 400 characters of news
#: that is full of terms, as what we read is.
SENTENCES = 6
ROUNDS = 10


def articles(texts: Sequence[str]) -> list[dict[str, str]]:
    """Return articles made of the texts, each beginning with another one."""
    turned = [[*texts[at:], *texts[:at]] for at in range(len(texts))]
    return [{"title": each[0], "summary": " ".join(each[1:SENTENCES])} for each in turned]


def rate(terms: Terms, language: str, texts: Sequence[str]) -> float:
    """Return the articles a second of processor time, of the quickest round."""
    batch = articles(texts)
    return max(len(batch) / seconds(terms, language, batch) for _ in range(ROUNDS))


def seconds(terms: Terms, language: str, batch: Sequence[dict[str, str]]) -> float:
    """Return the processor time that looking through the articles takes."""
    began = process_time()
    for fields in batch:
        terms.look(fields, language, HOMES[language])
    return process_time() - began


def main() -> int:
    """Print the table."""
    began = process_time()
    terms = Terms(read_glossary(ROOT / "glossary.yaml"))
    print(f"read and built in {process_time() - began:.2f} s")
    print(f"{'':<8} {'cases':>5} {'right':>5} {'said':>5} {'meant':>5} {'articles/s':>10}")
    for path in CASES:
        cases = cases_of(path)
        found, wrong = score(terms, path.stem, cases)
        quick = rate(terms, path.stem, [case["text"] for case in cases])
        print(
            f"{path.stem:<8} {len(cases):>5} {found.right:>5} {found.said:>5} {found.real:>5} "
            f"{quick:>10,.0f}"
        )
        for text in wrong:
            print(f"  {text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
