"""More layouts of agency tables: totals that only figures or a country's name prove, names in two languages, measures across,
flags beside figures. Each was written with what a person reads in it before the reader was run on it.
"""

from .agency import READ, grid, reads, refuses
from .case import check, group
from .layouts import sees

group("more layouts of agency tables")

# Sums that count nothing twice

reads("a country above its regions, one year", "Международная миграция по областям в 2023 году, человек;;;\n;Прибыло;Выбыло;Миграционный прирост (убыль)\nРеспублика Беларусь;60;42;18\n"
      "Брестская;10;12;-2\nВитебская;20;10;10\nГомельская;30;20;10\n", 120, 3)
reads("the same with one column", "Прибыло в 2023 году, человек\n;Прибыло\nУкраїна;60\nВінницька;10\nВолинська;20\nДніпропетровська;30\n", 60, 3)
reads("a country among countries is none", "Прибыло в 2023 году, человек\n;Прибыло\nРоссия;60\nКитай;10\nИндия;20\nИран;30\n", 120, 4)
reads("a country that is not the sum of the regions beside it", "Прибыло в 2023 году, человек\n;Прибыло\nУкраїна;61\nВінницька;10\nВолинська;20\nДніпропетровська;30\n", 121, 4)
reads("the country in every section, and sections of all, urban and rural", "Численность населения на начало года, тысяч человек\n;2022;2023\nВсе население\nРеспублика Таджикистан;10;14\nГБАО;3;4\n"
      "Согдийская область;3;4\nРРП;4;6\nГородское население\nРеспублика Таджикистан;4;6\nГБАО;1;1\nСогдийская область;1;2\nРРП;2;3\nСельское население\n"
      "Республика Таджикистан;6;8\nГБАО;2;3\nСогдийская область;2;2\nРРП;2;3\n", 24)
reads("other countries, and which of them", "\"Внешняя миграция, 2023 год\"\n,Прибыло,Выбыло\nВсего,20,30\nв том числе:\nстраны СНГ,12,18\nиз них:\nРоссия,7,10\nУзбекистан,5,8\n"
      "другие страны,8,12\nиз них:\nКитай,5,6\nГермания,3,6\n", 50, 4)
