"""Labels of dimensions: what stands for which code, what is a total, what is left unclassified and never guessed."""

from .case import MARK, check, group, resource


def table(label, mark=""):
    return f"period\tcitizenship\tpersons\n2023-Q1\tKGZ\t1\n2024-Q2\t{mark}{label}\t10\n"


def means(label, code, note=None):
    check(f"{label!r} is {code}", table(label, MARK if note else ""), "ok-with-notes" if note else "ok", (3, 2, 0, 1), "11",
          f"note {note}" if note else None, observations=[("2023-Q1", "1", 2, "KGZ"), ("2024-Q2", "10", 3, code)])


def unclassified(label):
    check(f"{label!r} is not guessed", table(label, MARK), "ok-with-notes", (3, 2, 0, 1), "11", "note LABEL_UNKNOWN",
          observations=[("2023-Q1", "1", 2, "KGZ"), ("2024-Q2", "10", 3, label.strip())])


group("labels")

for label, code in [
        ("UZB", "UZB"), ("uz", "UZB"), ("860", "UZB"), ("Uzbekistan", "UZB"), ("Узбекистан", "UZB"), ("Республика Узбекистан", "UZB"),
        ("Өзбекстан", "UZB"), ("Ózbekstan", "UZB"), ("Ўзбекистон", "UZB"), ("O‘zbekiston", "UZB"), ("УЗБЕКИСТАН", "UZB"),
        ("  Uzbekistan ", "UZB"), ("Türkiye", "TUR"), ("Turkey", "TUR"), ("Турция", "TUR"), ("Түркия", "TUR"), ("China", "CHN"),
        ("КНР", "CHN"), ("Қытай", "CHN"), ("Kyrgyzstan", "KGZ"), ("Kyrgyz Republic", "KGZ"), ("Киргизия", "KGZ"), ("Қырғызстан", "KGZ"),
        ("Russian\u00a0Federation", "RUS"), ("Россия", "RUS"), ("Ресей", "RUS"), ("Тоҷикистон", "TJK"), ("Guinea", "GIN"),
        ("Guinea-Bissau", "GNB"), ("Niger", "NER"), ("Nigeria", "NGA"), ("Dominica", "DMA"), ("Dominican Republic", "DOM"),
        ("Côte d'Ivoire", "CIV"), ("Côte d’Ivoire", "CIV"), ("Kosovo", "XKX"), ("UK", "GBR"), ("Namibia", "NAM"), ("КНДР", "PRK"), ("Korea, Republic of", "KOR")]:
    means(label, code)
means("Poccия", "RUS", "LABEL_MIXED")
means("Kитай", "CHN", "LABEL_MIXED")
for label in ["Uzbekistn", "Nigerr", "Узбекистана", "Ukrain", "Mars", "Atlantis 2", "NIGER/NIGERIA"]:
    unclassified(label)
for label in ["Congo", "Конго", "Korea", "Корея"]:
    check(f"{label!r} has several meanings", table(label, MARK), "ok-with-notes", (3, 2, 0, 1), "11", "note LABEL_AMBIGUOUS",
          observations=[("2023-Q1", "1", 2, "KGZ"), ("2024-Q2", "10", 3, label)])
check("'NA' in a column of codes is Namibia", table("NA"), "ok", (3, 2, 0, 1), "11",
      resource={"name": "t", "path": "t.csv", "mtm": {"concept": "migration"}, "schema": {"fields": [
          {"name": "period", "mtm": {"role": "period"}},
          {"name": "citizenship", "mtm": {"role": "dimension", "codesOnly": True}}, {"name": "persons", "mtm": {"role": "value"}}]}},
      observations=[("2023-Q1", "1", 2, "KGZ"), ("2024-Q2", "10", 3, "NAM")])
check("'NA' elsewhere is not Namibia", table("NA", MARK), "ok-with-notes|rejected-rows", None, None, "note LABEL_UNKNOWN|note NUMBER_ASSUMED")
check("an alias of the user's own", table("Узб."), "ok", (3, 2, 0, 1), "11", resource={
    "name": "t", "path": "t.csv", "mtm": {"concept": "migration", "aliases": {"Узб.": "UZB"}}},
      observations=[("2023-Q1", "1", 2, "KGZ"), ("2024-Q2", "10", 3, "UZB")])
check("an alias comes before the built-in name", table("Georgia"), "ok", (3, 2, 0, 1), "11", resource={
    "name": "t", "path": "t.csv", "mtm": {"concept": "migration", "aliases": {"Georgia": "USA"}}},
      observations=[("2023-Q1", "1", 2, "KGZ"), ("2024-Q2", "10", 3, "USA")])
check("a label of a thousand characters", table("Ж" * 1000, MARK), "ok-with-notes", (3, 2, 0, 1), "11", "note LABEL_UNKNOWN")
check("an empty label", table("", MARK), "ok-with-notes|rejected-rows", None, None, None, line=3)
check("a region of two meanings", f"period,region,persons\n2024-Q1,{MARK}Almaty,5\n2024-Q1,Astana,6\n", "ok-with-notes", (3, 2, 0, 1), "11",
      "note LABEL_AMBIGUOUS")
check("an outdated name of a city", "period,region,persons\n2024-Q1,Нур-Султан,5\n", "ok|ok-with-notes", (2, 1, 0, 1), "5",
      observations=[("2024-Q1", "5", 2, "KZ71")])
check("a sector by its title", "period,sector,persons\n2024-Q1,Строительство,5\n2024-Q1,Construction of nothing,6\n", "ok-with-notes", (3, 2, 0, 1),
      "11", "note LABEL_UNKNOWN", line=3)
check("sex in three languages", "period,sex,persons\n2024-Q1,женщины,5\n2024-Q2,Ерлер,6\n2024-Q3,female,7\n", "ok", (4, 3, 0, 1), "18",
      observations=[("2024-Q1", "5", 2, "F"), ("2024-Q2", "6", 3, "M"), ("2024-Q3", "7", 4, "F")])

group("totals")

for total in ["World", "All regions", "Итого по стране", "ВСЕГО ПО СТРАНАМ", "Барлық елдер", "Total", "Всего", "Итого", "Барлығы", "ВСЕГО", "Total:", "_T"]:
    check(f"{total!r} beside its parts", f"period,citizenship,persons\n2024-Q1,UZB,60\n2024-Q1,KGZ,40\n2024-Q1,{total},100\n",
          "ok|ok-with-notes", (4, 2, 0, 2), "100", observations=[("2024-Q1", "60", 2, "UZB"), ("2024-Q1", "40", 3, "KGZ"), ("2024-Q1", "100", 4, "_T")])
check("totals of one quarter beside the parts of another", "period,citizenship,persons\n2024-Q1,Всего,101\n2024-Q2,UZB,60\n"
      "2024-Q2,RUS,40\n", "ok", (4, 3, 0, 1), "201")
check("a total of one country beside the sexes of another", "period,citizenship,sex,persons\n2024-Q1,UZB,M,6\n2024-Q1,UZB,F,4\n"
      "2024-Q1,RUS,Total,5\n", "ok", (4, 3, 0, 1), "15")
check("a group without its members, beside the rest", "period,citizenship,persons\n2024-Q1,СНГ,7\n2024-Q1,Другие страны,3\n",
      "ok", (3, 2, 0, 1), "10")
check("a group beside a country that is none of it", "period,citizenship,persons\n2024-Q1,CIS,7\n2024-Q1,CHN,3\n",
      "ok", (3, 2, 0, 1), "10")
check("a group within another", "period,citizenship,persons\n2024-Q1,CIS,7\n2024-Q1,EAEU,3\n", "ok", (3, 1, 0, 2), "7")
check("a total of which a group is named", "period,citizenship,persons\n2024-Q1,Всего,10\n2024-Q1,в том числе СНГ,7\n",
      "ok", (3, 1, 0, 2), "10")
check("a total, a group and the rest", "period,citizenship,persons\n2024-Q1,Всего,10\n2024-Q1,СНГ,7\n2024-Q1,Прочие,3\n",
      "ok", (4, 2, 0, 2), "10")
check("a total and two groups that are all", "period,citizenship,persons\n2024-Q1,Всего,10\n2024-Q1,СНГ,7\n"
      "2024-Q1,вне СНГ,3\n", "ok", (4, 2, 0, 2), "10")
for total in ["TOTAL :", "В С Е Г О", "Всего, человек", "Total persons", "Итого по всем странам", "Subtotal", "Барлығы, адам"]:
    check(f"{total!r} beside its parts", f"period,citizenship,persons\n2024-Q1,UZB,60\n2024-Q1,KGZ,40\n2024-Q1,\"{total}\",100\n",
          "ok", (4, 2, 0, 2), "100")
check("a total of a group", "period,citizenship,persons\n2024-Q1,UZB,60\n2024-Q1,CHN,40\n2024-Q1,Итого по СНГ,60\n", "ok", (4, 2, 0, 2), "100")
check("a total of one country is not one of all", "period,citizenship,persons\n2024-Q1,Total Uzbekistan,60\n2024-Q1,CHN,40\n",
      "ok", (3, 2, 0, 1), "100")
check("the total over the regions", "period,region,persons\n2024-Q1,Всего по Республике Казахстан,100\n2024-Q1,Астана,60\n"
      "2024-Q1,Шымкент,40\n", "ok", (4, 2, 0, 2), "100")
check("women among the countries", f"period,citizenship,persons\n2024-Q1,UZB,100\n2024-Q1,{MARK}в том числе женщины,40\n2024-Q1,RUS,5\n",
      "ok-with-notes", (4, 2, 0, 2), "105", "note PART_OF_ROW")
check("sexes under a country", f"period,citizenship,persons\n2024-Q1,UZB,100\n2024-Q1,{MARK}мужчины,60\n2024-Q1,женщины,40\n",
      "ok-with-notes", (4, 1, 0, 3), "100", "note PART_OF_ROW")
check("towns and villages alone among the regions", "period,region,persons\n2024-Q1,городская местность,60\n2024-Q1,сельская местность,40\n",
      "ok-with-notes", (3, 2, 0, 1), "100", "note PART_OF_ROW")
check("a total of which women are named", "period,citizenship,persons\n2024-Q1,Всего,10\n2024-Q1,из них женщины,4\n",
      "ok-with-notes", (3, 1, 0, 2), "10", "note PART_OF_ROW")
check("codes of ISO 3166-2", "period,region,persons\n2024-Q1,KZ-10,5\n2024-Q1,KZ-75,6\n", "ok", (3, 2, 0, 1), "11",
      observations=[("2024-Q1", "5", 2, "KZ10"), ("2024-Q1", "6", 3, "KZ75")])
check("two margins of one table", "period,citizenship,sex,persons\n2024-Q1,UZB,Total,10\n2024-Q1,RUS,Total,5\n2024-Q1,Total,M,9\n"
      "2024-Q1,Total,F,6\n2024-Q2,Total,M,3\n", "ok", (6, 3, 0, 3), "18")
check("a group before it was founded", "period,citizenship,persons\n2010,EAEU,7\n2010,RUS,4\n2010,KGZ,3\n2010,CHN,1\n", "ok", (5, 3, 0, 2), "8")
check("totals alone are data", "period,citizenship,persons\n2024-Q1,Всего,100\n2024-Q2,Всего,200\n", "ok|ok-with-notes", (3, 2, 0, 1), "300")
check("a subtotal beside countries", "period,citizenship,persons\n2024-Q1,UZB,60\n2024-Q1,CHN,40\n2024-Q1,CIS,60\n2024-Q1,Total,100\n",
      "ok|ok-with-notes", (5, 2, 0, 3), "100")
check("of which CIS", "period,citizenship,persons\n2024-Q1,UZB,60\n2024-Q1,CHN,40\n2024-Q1,в том числе СНГ,60\n2024-Q1,Всего,100\n",
      "ok|ok-with-notes", (5, 2, 0, 3), "100")
check("groups alone are added up, and their total kept apart", "period,citizenship,persons\n2024-Q1,CIS,60\n2024-Q1,non-CIS,40\n2024-Q1,Total,100\n",
      "ok|ok-with-notes", (4, 2, 0, 2), "100")
check("countries beside the union they belong to", "period,citizenship,persons\n2024-Q1,DEU,5\n2024-Q1,FRA,6\n2024-Q1,European Union,11\n",
      "ok|ok-with-notes", (4, 2, 0, 2), "11")
check("a continent is not known and says so", "period,citizenship,persons\n2024-Q1,UZB,5\n2024-Q1,CHN,6\n2024-Q1,Asia,11\n", "ok-with-notes", (4, 3, 0, 1), None,
      "note MAY_BE_TOTAL", line=4)
check("columns of sexes and their total", "period,men,women,total\n2024-Q1,5,6,11\n", "ok", (2, 1, 0, 1), {"men": "5", "women": "6", "total": "11"})
check("columns of sexes that do not add up", "period,men,women,total\n2024-Q1,5,6,12\n", "ok-with-notes", (2, 1, 0, 1), {"men": "5", "women": "6", "total": "12"},
      "note TOTAL", line=2)
check("a total of a year without parts is data", "year,country,persons\n2020,Total,100\n2021,Total,200\n2021,UZB,150\n2021,KGZ,50\n", "ok|ok-with-notes",
      (5, 3, 0, 2), "300")
check("a group whose members are not there is data", "period,country,persons\n2024-Q1,CIS,60\n2024-Q1,CHN,40\n2024-Q1,Total,100\n", "ok|ok-with-notes",
      (4, 2, 0, 2), "100")
check("levels of places that not every place has", "Admin1,Admin2,IDPs,Date\n#adm1+name,#adm2+name,#affected+idps,#date\nNorth,,100,2024-04-30\n"
      "North,Nn,100,2024-04-30\nSouth,,200,2024-04-30\n", "ok|ok-with-notes", (5, 2, 0, 3), "300")
check("the rest is a part", "period,citizenship,persons\n2024-Q1,UZB,60\n2024-Q1,other countries,40\n2024-Q1,Total,100\n",
      "ok|ok-with-notes", (4, 2, 0, 2), "100")
check("not stated is a part", "period,citizenship,persons\n2024-Q1,UZB,60\n2024-Q1,не указано,40\n2024-Q1,Total,100\n",
      "ok|ok-with-notes", (4, 2, 0, 2), "100")
check("a country among the regions", "period,region,persons\n2024-Q1,Astana,60\n2024-Q1,Shymkent,40\n2024-Q1,Республика Казахстан,100\n",
      "ok|ok-with-notes", (4, 2, 0, 2), "100")
check("both sexes", "period,sex,persons\n2024-Q1,мужчины,60\n2024-Q1,женщины,40\n2024-Q1,Оба пола,100\n", "ok|ok-with-notes", (4, 2, 0, 2), "100")
check("urban, rural and both", "period,residence,persons\n2024-Q1,городская местность,60\n2024-Q1,сельская местность,40\n2024-Q1,Всего,100\n",
      "ok|ok-with-notes", (4, 2, 0, 2), "100")
check("totals of two dimensions", "period,citizenship,sex,persons\n2024-Q1,UZB,M,1\n2024-Q1,UZB,F,2\n2024-Q1,UZB,Total,3\n2024-Q1,Total,M,1\n"
      "2024-Q1,Total,F,2\n2024-Q1,Total,Total,3\n", "ok|ok-with-notes", (7, 2, 0, 5), "3")

group("disagreements")

check("parts do not add up to their total", f"period,citizenship,persons\n2024-Q1,UZB,60\n2024-Q1,KGZ,40\n{MARK}2024-Q1,Total,101\n", "ok-with-notes",
      (4, 2, 0, 2), "100", "note TOTAL", line=4, column=None)
check("sexes do not add up", "period,sex,persons\n2024-Q1,M,60\n2024-Q1,F,40\n2024-Q1,Total,99\n", "ok-with-notes", (4, 2, 0, 2), "100",
      "note TOTAL", line=4)
check("urban and rural do not add up", "period,residence,persons\n2024-Q1,город,60\n2024-Q1,село,40\n2024-Q1,Всего,110\n", "ok-with-notes",
      (4, 2, 0, 2), "100", "note TOTAL", line=4)
check("a selection of parts need not add up", "period,citizenship,persons\n2024-Q1,UZB,60\n2024-Q1,KGZ,40\n2024-Q1,Total,150\n", "ok", (4, 2, 0, 2), "100",
      resource={"name": "t", "path": "t.csv", "mtm": {"concept": "migration", "partsAreSelection": True}})
check("a declared total of columns does not add up", "period,total,arrivals,departures\n2024-Q1,100,60,41\n", "ok-with-notes", (2, 1, 0, 1), None,
      "note TOTAL", line=2, resource={"name": "t", "path": "t.csv", "mtm": {"concept": "migration"}, "schema": {"fields": [
          {"name": "period", "mtm": {"role": "period"}}, {"name": "total", "mtm": {"role": "value", "totalOf": ["arrivals", "departures"]}},
          {"name": "arrivals", "mtm": {"role": "value", "members": {"direction": "IN"}}},
          {"name": "departures", "mtm": {"role": "value", "members": {"direction": "OUT"}}}]}})
check("a cumulative figure falls", "period,citizenship,persons\n2024-01/2024-03,UZB,60\n2024-01/2024-06,UZB,50\n", "ok-with-notes", (3, 2, 0, 1), "110",
      "note FALLS", line=3, resource={"name": "t", "path": "t.csv", "mtm": {"concept": "migration", "cumulative": True}})
check("a cumulative figure rises", "period,citizenship,persons\n2024-01/2024-03,UZB,60\n2024-01/2024-06,UZB,90\n", "ok", (3, 2, 0, 1), "150",
      resource={"name": "t", "path": "t.csv", "mtm": {"concept": "migration", "cumulative": True}})
check("the same row twice", "period,citizenship,persons\n2024-Q1,UZB,60\n2024-Q1,KGZ,40\n2024-Q1,UZB,60\n", "ok-with-notes", (4, 2, 0, 2), "100",
      "note DUPLICATE", line=4)
check("the same row three times", "period,citizenship,persons\n2024-Q1,UZB,60\n2024-Q1,UZB,60\n2024-Q1,UZB,60\n", "ok-with-notes", (4, 1, 0, 3), "60",
      "note DUPLICATE", line=3, observations=[("2024-Q1", "60", 2, "UZB")])
check("the same row twice, and then with another value", "period,citizenship,persons\n2024-Q1,UZB,60\n2024-Q1,UZB,60\n2024-Q1,UZB,62\n", "rejected-rows",
      (4, 1, 1, 2), "60", "note DUPLICATE", line=3)
check("the same cell under two names", "period,citizenship,persons\n2024-Q1,UZB,60\n2024-Q1,Узбекистан,60\n", "ok-with-notes", (3, 1, 0, 2), "60",
      "note DUPLICATE", line=3)
check("the same cell with two values", "period,citizenship,persons\n2024-Q1,UZB,60\n2024-Q1,KGZ,40\n2024-Q1,UZB,61\n", "error|rejected-rows", None, None,
      "error CONTRADICTION", line=4)
check("a value and no value for one cell", "period,citizenship,persons\n2024-Q1,UZB,60\n2024-Q1,UZB,\n", "error|rejected-rows|ok-with-notes", None, None,
      None, line=3)
check("two releases of one cell", "period,published,citizenship,persons\n2024-Q1,2024-05-01,UZB,60\n2024-Q1,2024-08-01,UZB,61\n", "ok|ok-with-notes",
      (3, 2, 0, 1), None, resource={"name": "t", "path": "t.csv", "mtm": {"concept": "migration"}, "schema": {"fields": [
          {"name": "period", "mtm": {"role": "period"}}, {"name": "published", "mtm": {"role": "release-date"}},
          {"name": "citizenship", "mtm": {"role": "dimension"}}, {"name": "persons", "mtm": {"role": "value"}}]}})
check("another unit in one row", "period,unit,persons\n2024-Q1,persons,60\n2024-Q2,thousand persons,61\n", "rejected-rows|error", None, None, None, line=3,
      resource={"name": "t", "path": "t.csv", "mtm": {"concept": "migration", "unit": "persons"}, "schema": {"fields": [
          {"name": "period", "mtm": {"role": "period"}}, {"name": "unit", "mtm": {"role": "unit"}}, {"name": "persons", "mtm": {"role": "value"}}]}})
