"""Headers of several rows, as agencies print them: as CSV, where a name over several columns stands once, and as workbooks,
where it is merged over them."""

from .agency import grid, reads, refuses
from .case import group

group("headers of several rows")

TWO = [["Region", "2023", "", "2024", ""], ["", "Arrived", "Left", "Arrived", "Left"], ["Abai", 1, 2, 3, 4], ["Almaty city", 10, 20, 30, 40]]
NAMED = [["", "2023", "", "2024", ""], ["Region", "Arrived", "Left", "Arrived", "Left"], *TWO[2:]]
THREE = [["Region", "2023", "", "", "", "2024", "", "", ""], ["", "Arrived", "", "Left", "", "Arrived", "", "Left", ""],
         ["", "men", "women", "men", "women", "men", "women", "men", "women"], ["Abai", 1, 2, 3, 4, 5, 6, 7, 8], ["Almaty city", 10, 20, 30, 40, 50, 60, 70, 80]]
BELOW = [["", "2023", "", "", "", "2024", "", "", ""], ["", "Прибыло", "", "Выбыло", "", "Прибыло", "", "Выбыло", ""],
         ["Регион", "мужчины", "женщины", "мужчины", "женщины", "мужчины", "женщины", "мужчины", "женщины"], *THREE[3:]]


def text(rows, sign=","):
    return "\n".join(sign.join(str(cell) for cell in row) for row in rows) + "\n"


TITLE = ["International migration, persons"]
for name, rows, total, merges in [
        ("two rows, names above", TWO, 110, ["A1:A2", "B1:C1", "D1:E1"]),
        ("two rows, names below", NAMED, 110, ["B1:C1", "D1:E1"]),
        ("three rows, names above", THREE, 396, ["A1:A3", "B1:E1", "F1:I1", "B2:C2", "D2:E2", "F2:G2", "H2:I2"]),
        ("three rows, names below", BELOW, 396, ["B1:E1", "F1:I1", "B2:C2", "D2:E2", "F2:G2", "H2:I2"])]:
    reads(f"{name}, commas", text(rows), total, 2)
    reads(f"{name}, semicolons under a title", text([TITLE, *rows], ";"), total, 2)
    reads(f"{name}, a workbook", grid(rows, merges), total, 2, file="t.xlsx")
    reads(f"{name}, a workbook without merging", grid(rows), total, 2, file="t.xlsx")

reads("quarters under years", "Country,2023,,,,2024,\n,I quarter,II quarter,III quarter,IV quarter,I quarter,II quarter\nRussia,1,2,3,4,5,6\nChina,1,1,1,1,1,1\n", 27, 2)
reads("a column of labels after the figures is not of the last year", text([row + [x] for row, x in zip(TWO, ["Note", "", "see 1)", ""])]), 110, 2)
refuses("the same name twice under nothing", "Region,Arrived,Left,Arrived,Left\nAbai,1,2,3,4\nAlmaty city,1,2,3,4\n")
refuses("names above that come again", ",2023,,2023,\nRegion,Arrived,Left,Arrived,Left\nAbai,1,2,3,4\nAlmaty city,1,2,3,4\n")
