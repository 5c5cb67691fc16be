"""Tables that chance made (tests/properties/agency_tables.py) or a stranger wrote, and the reader refused or took for others."""

from .agency import reads, refuses, tsv
from .case import check, group

group("more of a stranger's tables")

reads("quarters as headings of the regions below them", tsv("""
Регион | Прибыло | Выбыло
I квартал 2022 года | |
Согдийская область | 5 | 6
Хатлонская область | 7 | 8
II квартал 2022 года | |
Согдийская область | 15 | 16
Хатлонская область | 17 | 18
"""), 92, 4)
reads("days as headings", tsv("""
Регион | Мужчины | Женщины
на 01.04.2021 | |
Абай | 5 | 6
Жетісу | 7 | 8
на 01.07.2021 | |
Абай | 15 | 16
Жетісу | 17 | 18
"""), 92, 4)
reads("growing months as headings", tsv("""
Region | Arrivals | Departures
January-February 2021 | |
Abai | 5 | 6
Zhetisu | 7 | 8
January-March 2021 | |
Abai | 15 | 16
Zhetisu | 17 | 18
"""), 92, 4)
check("dates with full stops have their day first", "Дата;Страна;Въезд\n01.02.2024;Китай;5\n02.02.2024;Китай;6\n", "ok-with-notes", file="t.csv", line=2, column=1,
      first="note DATE_ORDER", observations=[("2024-02-01", 5), ("2024-02-02", 6)])
check("a date with full stops whose month stands first", "Date;Country;Persons\n01.02.2024;China;5\n01.25.2024;China;6\n", "ok-with-notes", file="t.csv", line=None, column=None,
      observations=[("2024-01-02", 5), ("2024-01-25", 6)])
check("the same, far below", "Date;Country;Persons\n" + "".join(f"0{1 + i % 9}.0{1 + i // 9 % 9}.202{i // 81};China;{i}\n" for i in range(300)) + "01.25.2024;China;6\n", "ok-with-notes",
      file="t.csv", line=None, column=None, accepted=301)
refuses("dates with slashes in one file of full stops", "Дата;Страна;Въезд\n01.02.2024;Китай;5\n01/02/2024;Китай;6\n")
refuses("a Roman numeral of which no word is known", "Yn 2022-ci ilin II xyz miqrasiyası\nÖlkə;Gələnlər;Gedənlər\nRusiya;5;6\nÇin;7;8\n")
reads("a numbered title", "II. Миграция населения в 2023 году\nСтрана;Прибыло;Выбыло\nРоссия;5;6\nКитай;7;8\n", 26, 2)
refuses("thirds of a year, or quarters", "Pays;2022-T1;2022-T2\nRussie;5;6\nChine;7;8\n")
