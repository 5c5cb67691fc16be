#!/usr/bin/python3
"""Makes country.tsv: codes and names from Unicode CLDR, official and usual names from variants.tsv beside it.

Usage: make-country.py CLDR-LOCALENAMES-FULL CLDR-CORE > country.tsv (the two unpacked npm packages of Unicode CLDR).
"""
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
LANGUAGES = ("en", "ru", "kk")
# Names under which Kazakhstan's agencies and the United Nations print a country, where CLDR's short name is another.
PREFERRED = {("KG", "ru"): "Кыргызстан", ("XK", "en"): "Kosovo", ("MM", "en"): "Myanmar", ("CD", "en"): "Democratic Republic of the Congo",
             ("CG", "en"): "Republic of the Congo", ("HK", "en"): "Hong Kong", ("MO", "en"): "Macao", ("PS", "en"): "Palestine", ("CI", "en"): "Côte d’Ivoire",
             ("CD", "ru"): "Демократическая Республика Конго", ("CG", "ru"): "Республика Конго",
             ("CD", "kk"): "Конго Демократиялық Республикасы", ("CG", "kk"): "Конго Республикасы"}


# Countries that are no more (ISO 3166-3, numbers of M49), and since when there are those that were part of others: territory.tsv.
FORMER = (
    ("SUN", "810", "", "1991-12-25", "Soviet Union", "СССР", "КСРО", "USSR|U.S.S.R.|Union of Soviet Socialist Republics|Советский Союз|Союз Советских Социалистических Республик|Кеңес Одағы|Кеңестік Социалистік Республикалар Одағы"),
    ("YUG", "890", "", "2003-02-03", "Yugoslavia", "Югославия", "Югославия", "СФРЮ|Socialist Federal Republic of Yugoslavia|Социалистическая Федеративная Республика Югославия|Federal Republic of Yugoslavia|Союзная Республика Югославия"),
    ("SCG", "891", "2003-02-04", "2006-06-02", "Serbia and Montenegro", "Сербия и Черногория", "Сербия және Черногория", "Serbia & Montenegro"),
    ("CSK", "200", "", "1992-12-31", "Czechoslovakia", "Чехословакия", "Чехословакия", "ЧССР|ЧСФР"),
    ("DDR", "278", "", "1990-10-02", "German Democratic Republic", "Германская Демократическая Республика", "Герман Демократиялық Республикасы", "East Germany|ГДР|Восточная Германия"),
    ("YMD", "720", "", "1990-05-21", "Democratic Yemen", "Народная Демократическая Республика Йемен", "Йемен Халық Демократиялық Республикасы", "South Yemen|НДРЙ|Южный Йемен"),
    ("ANT", "530", "", "2010-10-09", "Netherlands Antilles", "Нидерландские Антильские острова", "Нидерланд Антиль аралдары", "Нидерландские Антилы"),
)
SINCE = {"SRB": "2006-06-03", "MNE": "2006-06-03", "XKX": "2008-02-17", "SSD": "2011-07-09", "TLS": "2002-05-20",
         "ERI": "1993-05-24", "CZE": "1993-01-01", "SVK": "1993-01-01", "SVN": "1991-06-25", "HRV": "1991-06-25",
         "MKD": "1991-09-08", "BIH": "1992-03-03", "CUW": "2010-10-10", "SXM": "2010-10-10", "BES": "2010-10-10"}

# Labels that stand for several countries are in ambiguous.tsv.
AMBIGUOUS = {"Конго", "Корея", "Congo", "Korea"}


def names(folder, language):
    path = pathlib.Path(folder, "main", language, "territories.json")
    tree = json.loads(path.read_text(encoding="utf-8"))
    return tree["main"][language]["localeDisplayNames"]["territories"]


def main():
    territories = {language: names(sys.argv[1], language) for language in LANGUAGES}
    others = {language: names(sys.argv[1], language) for language in ("ky", "uz", "uz-Cyrl", "tg")}
    mappings = json.loads(pathlib.Path(sys.argv[2], "supplemental", "codeMappings.json").read_text(encoding="utf-8"))
    mappings = mappings["supplemental"]["codeMappings"]
    variants = {}
    for line in (HERE / "variants.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            code, *labels = line.split("\t")
            variants.setdefault(code, []).extend(labels)
    region = ("KZ", "KG", "TJ", "TM", "UZ", "RU", "CN", "AF", "MN", "TR", "IR", "AZ", "AM", "GE", "BY", "MD", "UA", "IN", "PK", "DE", "US", "KR")
    retired = {"AN", "BU", "CS", "DD", "FX", "NT", "SU", "TP", "YD", "YU", "ZR", "AC", "CP", "CQ", "DG", "EA", "IC", "TA", "EU", "EZ", "UN",
               "QO", "ZZ", "XA", "XB", "AA", "QU", "CT", "FQ", "JT", "MI", "NQ", "PC", "PU", "PZ", "VD", "WK"}
    print("#! list\tcountry\n#! title\tCountries and areas\tСтраны и территории\tЕлдер мен аумақтар")
    print("#! source\tISO 3166-1; names: Unicode CLDR 48.2, United Nations, state bodies of Kazakhstan")
    print("# Countries and areas: ISO 3166-1 alpha-3; XKX for Kosovo, user-assigned in ISO 3166-1 and in use at the EU and the World Bank.")
    print("# Source: Unicode CLDR 48.2 (territories, code mappings; Unicode License V3), names of variants.tsv. Former countries: ISO 3166-3,")
    print("# numbers of M49; their dates and those of countries that were part of them: territory.tsv.")
    print("# code\tcodes\tfrom\tto\ten\tru\tkk\tvariants")
    for alpha2 in sorted(territories["en"]):
        mapping = mappings.get(alpha2, {})
        alpha3 = "XKX" if alpha2 == "XK" else mapping.get("_alpha3")
        if len(alpha2) != 2 or not alpha2.isalpha() or alpha2 in retired or alpha3 is None:
            continue
        labels = [PREFERRED.get((alpha2, language), territories[language].get(alpha2, territories["en"][alpha2])) for language in LANGUAGES]
        more = [territories[language].get(f"{alpha2}{alt}") for language in LANGUAGES for alt in ("", "-alt-variant", "-alt-short")]
        if alpha2 in region:
            more += [others[language].get(alpha2) for language in others]
        more += variants.get(alpha3, [])
        more = [label for label in more if label not in AMBIGUOUS]
        seen, kept = set(labels), []
        for label in more:
            if label and label not in seen:
                seen.add(label)
                kept.append(label)
        codes = alpha2 + ("" if alpha2 == "XK" else f" {mapping['_numeric']}")
        print("\t".join([alpha3, codes, SINCE.get(alpha3, ""), "", *labels, "|".join(kept)]))
    for row in FORMER:
        print("\t".join(row))


main()
