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

# Found by somebody who wrote tables and expectations without having seen the reader.
reads("names over years that come again, and an empty corner", "Калктын тышкы миграциясы, киши\n;Келгендер;;Кеткендер;\n;2022-ж.;2023-ж.;2022-ж.;2023-ж.\nБаткен облусу;1;2;3;4\nОш облусу;5;6;7;8\n", 36, 2)
reads("inflow, outflow and what they differ by", "Год;Месяц;Приток;Отток;Чистый приток\n2023;январь;232,90;72,43;160,47\n;февраль;152,11;32,70;119,41\n", "770.02", 2)
check("days across, one of which proves the order", "Страна;01.01.2024;01.02.2024;13.03.2024\nКитай;5;6;7\nИндия;8;9;10\n", "ok", file="t.csv",
      observations=[("2024-01-01", 5), ("2024-02-01", 6), ("2024-03-13", 7), ("2024-01-01", 8), ("2024-02-01", 9), ("2024-03-13", 10)])
check("days across, one of which has its month first", "Country;01/02/2024;01/13/2024\nChina;5;6\nIndia;8;9\n", "ok", file="t.csv",
      observations=[("2024-01-02", 5), ("2024-01-13", 6), ("2024-01-02", 8), ("2024-01-13", 9)])
refuses("days across of which none proves the order", "Country;01/02/2024;01/03/2024;05/05/2024\nChina;5;6;7\nIndia;8;9;10\n")
check("years of a title on the first of January", "Численность населения на 1 января, тыс. человек\nГоды\tгородское\tсельское\n2020\t1,5\t2,5\n2021\t3,5\t4,5\n", "ok-with-notes", file="t.tsv",
      observations=[("2020-01-01", "1.5"), ("2020-01-01", "2.5"), ("2021-01-01", "3.5"), ("2021-01-01", "4.5")])
check("years across, at the beginning of the year", "Шумораи аҳолӣ дар аввали сол, нафар\nМинтақа,2022,2023\nВилояти Суғд,5,6\nВилояти Хатлон,7,8\n", "ok-with-notes", file="t.csv",
      observations=[("2022-01-01", 5), ("2023-01-01", 6), ("2022-01-01", 7), ("2023-01-01", 8)])
reads("UNHCR's dash for what was not collected", "Year,Country of origin,Country of asylum,Refugees under UNHCR's mandate,Asylum-seekers,Host Community\n2021,Afghanistan,Kazakhstan,435,192,-\n2021,Ukraine,Kazakhstan,751,689,-\n", 2067, None)
refuses("half a table of countries", "Periodo;Uzbekistán;Kirguistán;China;Rusia\n2023-01;5;6;7;8\n2023-02;9;10;11;12\n")
reads("a balance or a share beside countries is left alone", "Period;Uzbekistan;China;Net change;Share of China, %\n2023-01;5;6;7;8\n2023-02;9;10;11;12\n", None, 2)
check("sums of the indented rows below them", "Вид;2022;2023\nУчёба и работа;30;32\n  учёба;10;11\n  работа;20;21\nПрочее;7;9\n  к родным;3;4\n  иное прочее;4;5\n", "ok-with-notes", file="t.csv",
      line=None, column=None, accepted=4, total="78")
reads("numbers of the columns above labels of no list", "№;İl;2019 1. çeyrek;2019 2. çeyrek\n1;2;3;4\n1;Ankara;8;6\n2;Konya;2;3\n", 19, 2)
reads("halves in Uzbek, the year in a column of its own", "Yil;Yarim yil;Hududlar;Soni\n2019-yil;I yarim yillik;Andijon viloyati;5\n2019-yil;II yarim yillik;Andijon viloyati;6\n", 11, 2)
reads("regions of a country without a list across, periods down", "Период;Баткенская область;г. Ош;Чуйская область;Всего\nI квартал 2022 года;5;6;7;18\nII квартал 2022 года;8;9;10;27\n", None, 2)
refuses("names of columns of which few are places", "Период;Баткенская область;Ош;Чуй;Нарын\nI квартал 2022 года;5;6;7;18\nII квартал 2022 года;8;9;10;27\n")
