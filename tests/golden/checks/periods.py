"""Periods in the period column: what is read and what is refused. From docs/periods.md."""

from .case import HEADER, MARK, check, group, resource


def in_table(label, mark=""):
    return f"{HEADER}2019-Q1\tUZB\t1\n{mark}{label}\tUZB\t10\n"


def ordered(order):
    described = resource()
    described["schema"]["fields"][0]["mtm"]["dateOrder"] = order
    return described


def read(label, period, order=None, outcome="ok"):
    check(f"{label!r} is {period}" + (f" in {order}" if order else ""), in_table(label), outcome, (3, 2, 0, 1), "11",
          resource=ordered(order) if order else None, observations=[("2019-Q1", "1", 2), (period, "10", 3)])


def refused(label, code, order=None):
    check(f"{label!r} is refused" + (f" in {order}" if order else ""), in_table(label, MARK), "rejected-rows", (3, 1, 1, 1), "1",
          f"error {code}", resource=ordered(order) if order else None, found=label.strip() or None)


group("periods")

for label in ["2024-Q2", "2024Q2", "2024 Q2", "Q2 2024", "Q2/2024", "2Q2024", "2nd quarter of 2024", "second quarter 2024",
              "2 кв. 2024", "2-й квартал 2024 года", "II квартал 2024", "ІІ тоқсан 2024", "2024 ж. 2-тоқсан", "2024 жылғы ІІ тоқсан",
              "апрель-июнь 2024", "April-June 2024", "April – June 2024", "сәуір-маусым 2024", "с апреля по июнь 2024 года",
              "2024-04-01/2024-06-30", "2024-04-01/P3M", "2024-04/2024-06"]:
    read(label, "2024-Q2")
for label, period in [
        ("2024", "2024"), ("2024-A1", "2024"), ("2017 год", "2017"), ("2024 ж.", "2024"), ("за 2024 год", "2024"),
        ("2024-S1", "2024-S1"), ("H1 2024", "2024-S1"), ("1 полугодие 2024", "2024-S1"), ("2024 ж. І жартыжылдық", "2024-S1"),
        ("2024-06", "2024-06"), ("2024-M06", "2024-06"), ("июнь 2024 г.", "2024-06"), ("June 2024", "2024-06"),
        ("2024 жылғы маусым", "2024-06"), ("06.2024", "2024-06"), ("201712", "2017-12"),
        ("2024-07-01", "2024-07-01"), ("20240701", "2024-07-01"), ("1 July 2024", "2024-07-01"), ("July 1, 2024", "2024-07-01"),
        ("1 июля 2024 года", "2024-07-01"), ("1 шілде 2024", "2024-07-01"), ("05.05.2024", "2024-05-05"),
        ("2024-04-15T10:11:12Z", "2024-04-15"), ("2024-04-15 10:11", "2024-04-15"), ("2024-01-01/P9M", "2024-01-01/P9M"),
        ("2024-W05", "2024-01-29/2024-02-04"),
        ("на 1 июля 2024", "2024-07-01"), ("as of 1 July 2024", "2024-07-01"), ("2024 жылғы 1 шілдеге", "2024-07-01"),
        ("на конец июня 2024", "2024-06-30")]:
    read(label, period)
for label, period in [("январь-июнь 2024", "2024-S1"), ("6 months of 2024", "2024-S1"), ("6 месяцев 2024", "2024-S1"),
                      ("2024 жылдың 6 айы", "2024-S1"), ("с начала года, июнь 2024", "2024-S1"), ("January-September 2024", "2024-01-01/P9M"), ("1 января - 10 мая 2024 года", "2024-01-01/2024-05-10")]:
    read(label, period, outcome="ok-with-notes")
for label, order, period in [("01.07.2024", "dmy", "2024-07-01"), ("13.07.2024", "dmy", "2024-07-13"), ("07/01/2024", "mdy", "2024-07-01"),
                             ("на 01.07.2024", "dmy", "2024-07-01")]:
    read(label, period, order)

for label in ["2024-Q0", "2024-Q5", "5 кв. 2024", "2024-S3", "2024-13", "2024-00", "202413", "2024-02-30", "2023-02-29", "31 июня 2024",
              "0024", "20224", "2567-Q1", "Q2", "апрель-июнь", "июнь", "на 1 июля", "6 месяцев", "2024\u00b9", "2021 1)", "2021*",
              "2024 (to 09-01?)", "2023/2024", "2023-2024", "2/2024", "2024-2", "2024T1", "6M 2024", "FY2024", "as of July 2024",
              "с начала 2024 года", "июнь-апрель 2024", "2024-06/2024-04", "V квартал 2024", "2024 2025", "45383", "2024-01-01/P0M",
              "2024-04-15T25:00", "nonsense", "2O24-Q2"]:
    refused(label, "PERIOD")
for label in ["Q2'24", "Apr-24", "01.07.24", "7/1/2024", "2024-T1", "01/04/2024-30/06/2024", "24-Q2"]:
    refused(label, "PERIOD_AMBIGUOUS")
read("01.07.2024", "2024-07-01", outcome="ok-with-notes")
read("13.07.2024", "2024-07-13", outcome="ok-with-notes")
read("01.07.2024 г.", "2024-07-01")
refused("13.07.2024", "PERIOD", "mdy")
refused("07/13/2024", "PERIOD", "dmy")
check("an empty period is refused", f"{HEADER}2024-Q1\tUZB\t1\n\tUZB\t10\n", "rejected-rows", (3, 1, 1, 1), "1", "error PERIOD", line=3)

group("period columns")

check("start and end", "start_date,end_date,country,persons\n2024-04-01,2024-06-30,UZB,5\n", "ok", (2, 1, 0, 1), "5",
      observations=[("2024-Q2", "5", 2)],
      resource={"name": "t", "path": "t.csv", "schema": {"fields": [
          {"name": "start_date", "mtm": {"role": "period-start"}}, {"name": "end_date", "mtm": {"role": "period-end"}},
          {"name": "country", "mtm": {"role": "dimension"}}, {"name": "persons", "mtm": {"role": "value"}}]},
          "mtm": {"concept": "migration"}})
check("an end before its start", "start_date,end_date,country,persons\n2024-04-01,2024-03-31,UZB,5\n2024-04-01,2024-06-30,UZB,6\n",
      "rejected-rows", (3, 1, 1, 1), "6", "error PERIOD_PARTS", line=2,
      resource={"name": "t", "path": "t.csv", "schema": {"fields": [
          {"name": "start_date", "mtm": {"role": "period-start"}}, {"name": "end_date", "mtm": {"role": "period-end"}},
          {"name": "country", "mtm": {"role": "dimension"}}, {"name": "persons", "mtm": {"role": "value"}}]},
          "mtm": {"concept": "migration"}})
check("year and quarter in two columns", "year,quarter,country,persons\n2024,1,UZB,5\n2024,2,UZB,6\n", "ok|ok-with-notes|error", None, None)
check("a format gives the order", "period,country,persons\n01.07.2024,UZB,5\n", "ok", (2, 1, 0, 1), "5", observations=[("2024-07-01", "5", 2)],
      resource={"name": "t", "path": "t.csv", "schema": {"fields": [
          {"name": "period", "type": "date", "format": "%d.%m.%Y", "mtm": {"role": "period"}},
          {"name": "country", "mtm": {"role": "dimension"}}, {"name": "persons", "mtm": {"role": "value"}}]},
          "mtm": {"concept": "citizens-abroad"}})
check("a year and a period without one", "Год;Период;Страна;Численность\n2024;1 квартал;Узбекистан;5\n2024;II квартал;Узбекистан;6\n"
      "2023;▸2024-Q1;Узбекистан;7\n2024;2;Узбекистан;8\n", "rejected-rows", (5, 2, 2, 1), "11", line=4, column=None,
      observations=None)
check("a column of the period beside years as columns", "period,country,2023,2024\n2024-Q1,UZB,1,2\n", "error", None, None,
      "error COLUMN_UNSURE", line=1, column=16)
check("quarters as columns", "country,2024-Q1,2024-Q2\nUZB,1,2\nKGZ,3,4\n", "ok|ok-with-notes", (3, 2, 0, 1), {"2024-Q1": "4", "2024-Q2": "6"},
      observations=[("2024-Q1", "1", 2), ("2024-Q2", "2", 2), ("2024-Q1", "3", 3), ("2024-Q2", "4", 3)])
check("Russian quarters as columns", "страна;I квартал 2024;II квартал 2024\nУзбекистан;1;2\nКиргизия;3;4\n", "ok|ok-with-notes", (3, 2, 0, 1),
      {"I квартал 2024": "4", "II квартал 2024": "6"})
check("years as columns", "country,2021,2022,2023\nUZB,1,2,3\n", "ok|ok-with-notes", (2, 1, 0, 1), {"2021": "1", "2022": "2", "2023": "3"})
check("an impossible quarter as a column", "country,2024-Q1,▸2024-Q5\nUZB,1,2\n", "ok-with-notes|error", None, None)
check("a footnote mark on a year column", "country,2021 1),2022\nUZB,1,2\n", "ok-with-notes|error", None, None)
check("no period anywhere", "country,persons\nUZB,1\nKGZ,2\n", "error", None, None, "error COLUMN_MISSING")
