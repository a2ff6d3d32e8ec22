"""Countries and languages fit together."""

from zoneinfo import ZoneInfo

from aggregator.text.countries import COUNTRIES
from aggregator.text.languages import LANGUAGES


def test_every_country_has_a_zone_that_exists_and_languages_that_are_read() -> None:
    for code, country in COUNTRIES.items():
        assert country.code == code == code.lower()
        assert ZoneInfo(country.zone).key == country.zone
        assert country.languages
        assert set(country.languages) <= set(LANGUAGES)


def test_every_language_of_the_network_is_spoken_somewhere() -> None:
    spoken = {code for country in COUNTRIES.values() for code in country.languages}

    assert spoken == set(LANGUAGES)
    assert all(language.code == code for code, language in LANGUAGES.items())
