/* The ways in which agencies write periods: one table of what is read, one of what is refused and why. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "period/period.h"

enum { NO = 0, DMY = 1, MDY = 2, SDMX = MTMI_ORDER_SDMX };
enum { PLAIN = 0, CUMULATIVE = 1, STOCK = 2 };

/* clang-format off */
static const struct { const char *label, *period; int order, words; } read_table[] = {
    /* SDMX */
    {"2024", "2024", NO, PLAIN}, {"2024-A1", "2024", NO, PLAIN}, {"2024-S1", "2024-S1", NO, PLAIN},
    {"2024-S2", "2024-S2", NO, PLAIN}, {"2024-T1", "2024-01-01/P4M", SDMX, PLAIN},
    {"2024-T3", "2024-09-01/P4M", SDMX, PLAIN}, {"2024-Q1", "2024-Q1", NO, PLAIN}, {"2024-Q4", "2024-Q4", NO, PLAIN},
    {"2024-M01", "2024-01", NO, PLAIN}, {"2024-M12", "2024-12", NO, PLAIN}, {"2024-06", "2024-06", NO, PLAIN},
    {"2024-W01", "2024-01-01/2024-01-07", NO, PLAIN}, {"2020-W53", "2020-12-28/2021-01-03", NO, PLAIN},
    {"2021-W01", "2021-01-04/2021-01-10", NO, PLAIN}, {"2024-D001", "2024-01-01", NO, PLAIN},
    {"2024-D366", "2024-12-31", NO, PLAIN}, {"2024-07-01", "2024-07-01", NO, PLAIN},
    {"2024-01-01/P6M", "2024-S1", NO, PLAIN}, {"2024-01-01/P9M", "2024-01-01/P9M", NO, PLAIN},
    {"2024-04-01/P3M", "2024-Q2", NO, PLAIN}, {"2024-01-01/P1Y", "2024", NO, PLAIN},
    {"2024-01-01/P1Y6M", "2024-01-01/P18M", NO, PLAIN}, {"2024-01-15/P1M", "2024-01-15/2024-02-14", NO, PLAIN},
    {"2024-02-01/P29D", "2024-02", NO, PLAIN}, {"2024-01-01/P2W", "2024-01-01/2024-01-14", NO, PLAIN},
    {"2024-01-01T00:00:00/P1M", "2024-01", NO, PLAIN}, {"2024-12-31/P1D", "2024-12-31", NO, PLAIN},
    {"2024-04-01/2024-06-30", "2024-Q2", NO, PLAIN}, {"2024-01-01/2024-05-10", "2024-01-01/2024-05-10", NO, PLAIN},
    {"2022-01/2022-03", "2022-Q1", NO, PLAIN}, {"2022-01/2022-06", "2022-S1", NO, PLAIN},
    {"2024-Q1/2024-Q2", "2024-S1", NO, PLAIN}, {"2024-Q3/2025-Q2", "2024-07-01/P1Y", NO, PLAIN},
    {"2024-07-01/2024-07-01", "2024-07-01", NO, PLAIN},
    /* quarters of Latin letters */
    {"٢٠٢٤", "2024", NO, PLAIN}, {"۲۰۲۴-Q2", "2024-Q2", NO, PLAIN}, {"2024Q2", "2024-Q2", NO, PLAIN}, {"2024 Q2", "2024-Q2", NO, PLAIN}, {"2024q2", "2024-Q2", NO, PLAIN},
    {"2024/Q2", "2024-Q2", NO, PLAIN}, {"2024:Q2", "2024-Q2", NO, PLAIN}, {"2024 - Q2", "2024-Q2", NO, PLAIN},
    {"Q2 2024", "2024-Q2", NO, PLAIN}, {"Q2/2024", "2024-Q2", NO, PLAIN}, {"Q2-2024", "2024-Q2", NO, PLAIN},
    {"Q2, 2024", "2024-Q2", NO, PLAIN}, {"2Q 2024", "2024-Q2", NO, PLAIN}, {"2Q2024", "2024-Q2", NO, PLAIN},
    {"Q 2 2024", "2024-Q2", NO, PLAIN}, {"  2024-Q2  ", "2024-Q2", NO, PLAIN},
    {"2024\xE2\x80\x91Q2", "2024-Q2", NO, PLAIN}, {"2024\xC2\xA0Q2", "2024-Q2", NO, PLAIN},
    {"２０２４-Q2", "2024-Q2", NO, PLAIN}, {"2nd quarter 2024", "2024-Q2", NO, PLAIN},
    {"2nd quarter of 2024", "2024-Q2", NO, PLAIN}, {"Second quarter of 2024", "2024-Q2", NO, PLAIN},
    {"Quarter 2 2024", "2024-Q2", NO, PLAIN}, {"quarter 2, 2024", "2024-Q2", NO, PLAIN},
    {"II quarter 2024", "2024-Q2", NO, PLAIN}, {"Qtr 2 2024", "2024-Q2", NO, PLAIN},
    {"in the second quarter of the year 2024", "2024-Q2", NO, PLAIN},
    {"2024, quarter 2", "2024-Q2", NO, PLAIN}, {"2024 2nd quarter", "2024-Q2", NO, PLAIN},
    /* quarters, Russian */
    {"2 кв. 2024", "2024-Q2", NO, PLAIN}, {"2 кв 2024", "2024-Q2", NO, PLAIN}, {"2кв2024", "2024-Q2", NO, PLAIN},
    {"2 кв.2024г.", "2024-Q2", NO, PLAIN}, {"2-й квартал 2024 года", "2024-Q2", NO, PLAIN},
    {"2-ой квартал 2024 г.", "2024-Q2", NO, PLAIN}, {"II квартал 2024", "2024-Q2", NO, PLAIN},
    {"II квартал 2024 года", "2024-Q2", NO, PLAIN}, {"ІІ квартал 2024", "2024-Q2", NO, PLAIN},
    {"IІ квартал 2024", "2024-Q2", NO, PLAIN}, {"П квартал 2024 года", "2024-Q2", NO, PLAIN},
    {"Ш квартал 2024", "2024-Q3", NO, PLAIN}, {"Ⅱ квартал 2024", "2024-Q2", NO, PLAIN},
    {"IV кв. 2024 г.", "2024-Q4", NO, PLAIN}, {"ІУ квартал 2024", "2024-Q4", NO, PLAIN},
    {"I квартал 2024", "2024-Q1", NO, PLAIN}, {"II-й квартал 2024 года", "2024-Q2", NO, PLAIN},
    {"второй квартал 2024 года", "2024-Q2", NO, PLAIN}, {"четвёртый квартал 2024", "2024-Q4", NO, PLAIN},
    {"во втором квартале 2024 года", "2024-Q2", NO, PLAIN}, {"за 2 квартал 2024 г.", "2024-Q2", NO, PLAIN},
    {"2024 год, II квартал", "2024-Q2", NO, PLAIN}, {"2024 г. 2 кв.", "2024-Q2", NO, PLAIN},
    {"2024 2 квартал", "2024-Q2", NO, PLAIN}, {"кв. 2 2024", "2024-Q2", NO, PLAIN},
    {"2-квартал 2024", "2024-Q2", NO, PLAIN}, {"2 КВАРТАЛ 2024 ГОДА", "2024-Q2", NO, PLAIN},
    {"2 кв. / 2024", "2024-Q2", NO, PLAIN}, {"на II квартал 2024 года", "2024-Q2", NO, PLAIN},
    /* quarters, Kazakh */
    {"ІІ тоқсан 2024", "2024-Q2", NO, PLAIN}, {"II тоқсан 2024", "2024-Q2", NO, PLAIN},
    {"2024 ж. 2-тоқсан", "2024-Q2", NO, PLAIN}, {"2024 жылғы ІІ тоқсан", "2024-Q2", NO, PLAIN},
    {"2024 жылдың ІІ тоқсаны", "2024-Q2", NO, PLAIN}, {"2024 жылғы 2-тоқсан", "2024-Q2", NO, PLAIN},
    {"2024 жылдың екінші тоқсанында", "2024-Q2", NO, PLAIN}, {"2-тоқсан 2024", "2024-Q2", NO, PLAIN},
    {"2024 жылдың 2-ші тоқсаны", "2024-Q2", NO, PLAIN}, {"1 тоқсан 2024 жыл", "2024-Q1", NO, PLAIN},
    {"2024 ж. ІV тоқсан", "2024-Q4", NO, PLAIN}, {"ІІІ тоқсан, 2024 ж.", "2024-Q3", NO, PLAIN},
    {"2024-жылдың 2-тоқсаны", "2024-Q2", NO, PLAIN}, {"2024 жылгы 2-токсан", "2024-Q2", NO, PLAIN},
    {"2024 jylǵy II toqsan", "2024-Q2", NO, PLAIN}, {"II toqsan 2024", "2024-Q2", NO, PLAIN},
    /* quarters by their months */
    {"апрель-июнь 2024", "2024-Q2", NO, PLAIN}, {"апрель–июнь 2024 года", "2024-Q2", NO, PLAIN},
    {"Апрель — июнь 2024 г.", "2024-Q2", NO, PLAIN}, {"2024, апрель-июнь", "2024-Q2", NO, PLAIN},
    {"апр.-июн. 2024", "2024-Q2", NO, PLAIN}, {"с апреля по июнь 2024 года", "2024-Q2", NO, PLAIN},
    {"April-June 2024", "2024-Q2", NO, PLAIN}, {"April–June, 2024", "2024-Q2", NO, PLAIN},
    {"Apr-Jun 2024", "2024-Q2", NO, PLAIN}, {"April to June 2024", "2024-Q2", NO, PLAIN},
    {"from April through June 2024", "2024-Q2", NO, PLAIN}, {"2024 April-June", "2024-Q2", NO, PLAIN},
    {"April 2024 - June 2024", "2024-Q2", NO, PLAIN}, {"сәуір-маусым 2024", "2024-Q2", NO, PLAIN},
    {"2024 жылғы сәуір-маусым", "2024-Q2", NO, PLAIN}, {"2024 жылдың сәуір – маусым айлары", "2024-Q2", NO, PLAIN},
    {"2024 жылдың сәуір-маусымында", "2024-Q2", NO, PLAIN}, {"сәу.-мау. 2024 ж.", "2024-Q2", NO, PLAIN},
    {"2024 - 04 - 01 / 2024 - 06 - 30", "2024-Q2", NO, PLAIN}, {"2024-04-01 - 2024-06-30", "2024-Q2", NO, PLAIN},
    {"2024-04 - 2024-06", "2024-Q2", NO, PLAIN}, {"2024-04-01 to 2024-06-30", "2024-Q2", NO, PLAIN},
    {"01.04.2024-30.06.2024", "2024-Q2", DMY, PLAIN}, {"01.04-30.06.2024", "2024-Q2", DMY, PLAIN},
    {"04/01/2024 - 06/30/2024", "2024-Q2", MDY, PLAIN}, {"1 апреля - 30 июня 2024 года", "2024-Q2", NO, PLAIN},
    /* cumulative by their words */
    {"январь-июнь 2024", "2024-S1", NO, CUMULATIVE}, {"январь - март 2024 года", "2024-Q1", NO, CUMULATIVE},
    {"January – June 2024", "2024-S1", NO, CUMULATIVE}, {"January to September 2024", "2024-01-01/P9M", NO, CUMULATIVE},
    {"қаңтар-маусым 2024", "2024-S1", NO, CUMULATIVE}, {"2024 жылғы қаңтар-қыркүйек", "2024-01-01/P9M", NO, CUMULATIVE},
    {"2024 жылдың қаңтар-мамыр айларында", "2024-01-01/P5M", NO, CUMULATIVE},
    {"январь-декабрь 2024 г.", "2024", NO, CUMULATIVE}, {"янв-июн 2024", "2024-S1", NO, CUMULATIVE},
    {"6 months of 2024", "2024-S1", NO, CUMULATIVE}, {"six months of 2024", "2024-S1", NO, CUMULATIVE},
    {"first six months of 2024", "2024-S1", NO, CUMULATIVE}, {"first 9 months of 2024", "2024-01-01/P9M", NO, CUMULATIVE},
    {"6 месяцев 2024", "2024-S1", NO, CUMULATIVE}, {"за 6 месяцев 2024 года", "2024-S1", NO, CUMULATIVE},
    {"шесть месяцев 2024 г.", "2024-S1", NO, CUMULATIVE}, {"первые девять месяцев 2024 года", "2024-01-01/P9M", NO, CUMULATIVE},
    {"9 мес. 2024", "2024-01-01/P9M", NO, CUMULATIVE}, {"3 месяца 2024", "2024-Q1", NO, CUMULATIVE},
    {"6 ай 2024", "2024-S1", NO, CUMULATIVE}, {"2024 жылдың 6 айы", "2024-S1", NO, CUMULATIVE},
    {"2024 жылдың алты айында", "2024-S1", NO, CUMULATIVE}, {"2024 жылғы алғашқы 9 ай", "2024-01-01/P9M", NO, CUMULATIVE},
    {"2024 жылдың он екі айы", "2024", NO, CUMULATIVE}, {"12 months 2024", "2024", NO, CUMULATIVE},
    {"January 2024 - May 2024", "2024-01-01/P5M", NO, CUMULATIVE},
    {"1 January - 10 May 2024", "2024-01-01/2024-05-10", NO, CUMULATIVE},
    {"с 1 января по 10 мая 2024 года", "2024-01-01/2024-05-10", NO, CUMULATIVE},
    {"January 1 - May 10, 2024", "2024-01-01/2024-05-10", NO, CUMULATIVE},
    {"2024 жылғы 1 қаңтар – 10 мамыр", "2024-01-01/2024-05-10", NO, CUMULATIVE},
    {"I-II кварталы 2024", "2024-S1", NO, CUMULATIVE}, {"Q1-Q3 2024", "2024-01-01/P9M", NO, CUMULATIVE},
    {"с начала года, июнь 2024", "2024-S1", NO, CUMULATIVE}, {"YTD June 2024", "2024-S1", NO, CUMULATIVE},
    {"Q3 2024 year to date", "2024-01-01/P9M", NO, CUMULATIVE},
    {"январь-июнь 2024 нарастающим итогом", "2024-S1", NO, CUMULATIVE},
    {"Q2-Q3 2024", "2024-04-01/P6M", NO, PLAIN},
    /* halves */
    {"1 полугодие 2024", "2024-S1", NO, PLAIN}, {"I полугодие 2024 года", "2024-S1", NO, PLAIN},
    {"1-е полугодие 2024 г.", "2024-S1", NO, PLAIN}, {"второе полугодие 2024 года", "2024-S2", NO, PLAIN},
    {"в первом полугодии 2024 года", "2024-S1", NO, PLAIN}, {"H1 2024", "2024-S1", NO, PLAIN},
    {"2024-H1", "2024-S1", NO, PLAIN}, {"2024H2", "2024-S2", NO, PLAIN}, {"1H 2024", "2024-S1", NO, PLAIN},
    {"2024S2", "2024-S2", NO, PLAIN}, {"first half of 2024", "2024-S1", NO, PLAIN},
    {"2nd half-year 2024", "2024-S2", NO, PLAIN}, {"first half of the year 2024", "2024-S1", NO, PLAIN},
    {"1-жартыжылдық 2024", "2024-S1", NO, PLAIN}, {"2024 ж. І жартыжылдық", "2024-S1", NO, PLAIN},
    {"2024 жылдың бірінші жартыжылдығы", "2024-S1", NO, PLAIN}, {"2024 жылғы ІІ жартыжылдықта", "2024-S2", NO, PLAIN},
    {"2024 жылдың бірінші жартысы", "2024-S1", NO, PLAIN},
    /* months */
    {"201712", "2017-12", NO, PLAIN}, {"2024M06", "2024-06", NO, PLAIN}, {"2024m6", "2024-06", NO, PLAIN},
    {"июнь 2024", "2024-06", NO, PLAIN}, {"Июнь 2024 г.", "2024-06", NO, PLAIN}, {"в июне 2024 года", "2024-06", NO, PLAIN},
    {"2024, июнь", "2024-06", NO, PLAIN}, {"за июнь месяц 2024 года", "2024-06", NO, PLAIN}, {"июн.2024", "2024-06", NO, PLAIN},
    {"май 2024", "2024-05", NO, PLAIN}, {"June 2024", "2024-06", NO, PLAIN}, {"Jun-2024", "2024-06", NO, PLAIN},
    {"Sept. 2024", "2024-09", NO, PLAIN}, {"2024 June", "2024-06", NO, PLAIN}, {"2024-Jun", "2024-06", NO, PLAIN},
    {"маусым 2024", "2024-06", NO, PLAIN}, {"2024 жылғы маусым", "2024-06", NO, PLAIN},
    {"2024 жылдың маусым айы", "2024-06", NO, PLAIN}, {"2024 ж. желтоқсан", "2024-12", NO, PLAIN},
    {"2024 жылдың қыркүйегі", "2024-09", NO, PLAIN}, {"2024 жылдың шілдесінде", "2024-07", NO, PLAIN},
    {"Maýsym 2024", "2024-06", NO, PLAIN}, {"06.2024", "2024-06", NO, PLAIN}, {"06/2024", "2024-06", NO, PLAIN},
    {"06-2024", "2024-06", NO, PLAIN}, {"2024.06", "2024-06", NO, PLAIN}, {"2024/06", "2024-06", NO, PLAIN},
    {"December 2023 - February 2024", "2023-12-01/P3M", NO, PLAIN},
    /* years */
    {"2017 год", "2017", NO, PLAIN}, {"2024 г.", "2024", NO, PLAIN}, {"2024г.", "2024", NO, PLAIN},
    {"за 2024 год", "2024", NO, PLAIN}, {"2024 жыл", "2024", NO, PLAIN}, {"2024 ж.", "2024", NO, PLAIN},
    {"2024-жыл", "2024", NO, PLAIN}, {"year 2024", "2024", NO, PLAIN}, {"на 2024 год", "2024", NO, PLAIN},
    {"1897", "1897", NO, PLAIN}, {"2020 to 2023", "2020-01-01/P4Y", NO, PLAIN}, {"с 2020 по 2023 год", "2020-01-01/P4Y", NO, PLAIN},
    /* dates */
    {"20240701", "2024-07-01", NO, PLAIN}, {"2024-7-1", "2024-07-01", NO, PLAIN}, {"2024/07/01", "2024-07-01", NO, PLAIN},
    {"2024.07.01", "2024-07-01", NO, PLAIN}, {"01.07.2024", "2024-07-01", DMY, PLAIN}, {"1.7.2024", "2024-07-01", DMY, PLAIN},
    {"07/01/2024", "2024-07-01", MDY, PLAIN}, {"01-07-2024", "2024-07-01", DMY, PLAIN}, {"13.07.2024", "2024-07-13", DMY, PLAIN},
    {"05.05.2024", "2024-05-05", NO, PLAIN}, {"01.07.2024 г.", "2024-07-01", DMY, PLAIN}, {"1 July 2024", "2024-07-01", NO, PLAIN},
    {"July 1, 2024", "2024-07-01", NO, PLAIN}, {"1st July 2024", "2024-07-01", NO, PLAIN}, {"July 1st, 2024", "2024-07-01", NO, PLAIN},
    {"the 1st of July 2024", "2024-07-01", NO, PLAIN}, {"01-Jul-2024", "2024-07-01", NO, PLAIN}, {"1 июля 2024 года", "2024-07-01", NO, PLAIN},
    {"1 шілде 2024", "2024-07-01", NO, PLAIN}, {"2024 жылғы 1 шілде", "2024-07-01", NO, PLAIN}, {"29 февраля 2024", "2024-02-29", NO, PLAIN},
    {"2024-04-15T10:11:12Z", "2024-04-15", NO, PLAIN}, {"2024-04-15 10:11", "2024-04-15", NO, PLAIN},
    {"2024-04-15T23:59:59.999+05:00", "2024-04-15", NO, PLAIN}, {"2024-04-15 00:00:00", "2024-04-15", NO, PLAIN},
    {"15.04.2024 10:11", "2024-04-15", DMY, PLAIN}, {"1-10 May 2024", "2024-05-01/2024-05-10", NO, PLAIN}, {"May 1-10, 2024", "2024-05-01/2024-05-10", NO, PLAIN},
    /* dates of stocks */
    {"на 1 июля 2024", "2024-07-01", NO, STOCK}, {"на 1 июля 2024 г.", "2024-07-01", NO, STOCK}, {"на 01.07.2024", "2024-07-01", DMY, STOCK}, {"на 01.07.2024", "2024-07-01", NO, STOCK},
    {"01.07.2024 г.", "2024-07-01", NO, PLAIN}, {"2023-жылдын 2-чейреги", "2023-Q2", NO, PLAIN}, {"2023-yilning 2-choragi", "2023-Q2", NO, PLAIN},
    {"2022-ci ilin II rübü", "2022-Q2", NO, PLAIN}, {"enero de 2024", "2024-01", NO, PLAIN}, {"2024 р.", "2024", NO, PLAIN},
    {"2e trimestre 2024", "2024-Q2", NO, PLAIN}, {"2023-yil II yarim yillik", "2023-S2", NO, PLAIN},
    {"январи соли 2023", "2023-01", NO, PLAIN}, {"الربع الثاني 2024", "2024-Q2", NO, PLAIN},
    {"по состоянию на 1 июля 2024 года", "2024-07-01", NO, STOCK}, {"as of 1 July 2024", "2024-07-01", NO, STOCK},
    {"As of July 1, 2024", "2024-07-01", NO, STOCK}, {"as at 2024-07-01", "2024-07-01", NO, STOCK}, {"2024 жылғы 1 шілдеге", "2024-07-01", NO, STOCK},
    {"2024 жылғы 1 шілдедегі жағдай бойынша", "2024-07-01", NO, STOCK}, {"2024 жылдың 1 қаңтарына", "2024-01-01", NO, STOCK},
    {"2024 жылғы 1 қыркүйекке", "2024-09-01", NO, STOCK},
    {"на начало 2024 года", "2024-01-01", NO, STOCK}, {"на конец 2024 года", "2024-12-31", NO, STOCK}, {"на конец июня 2024 г.", "2024-06-30", NO, STOCK},
    {"at the end of June 2024", "2024-06-30", NO, STOCK}, {"end of 2023", "2023-12-31", NO, STOCK}, {"end-June 2024", "2024-06-30", NO, STOCK},
    {"2024 жылдың басына", "2024-01-01", NO, STOCK}, {"2024 жылдың соңына", "2024-12-31", NO, STOCK},
};
/* clang-format on */

/* clang-format off */
static const struct { const char *label; int outcome; const char *expected; int order; } refused_table[] = {
    {"", MTMI_PERIOD_BAD, "a period", NO}, {"   ", MTMI_PERIOD_BAD, "a period", NO},
    {"2024-Q0", MTMI_PERIOD_BAD, "a quarter from 1 to 4", NO}, {"2024-Q5", MTMI_PERIOD_BAD, "a quarter from 1 to 4", NO},
    {"2024-Q02", MTMI_PERIOD_BAD, "a quarter from 1 to 4", NO}, {"5 кв. 2024", MTMI_PERIOD_BAD, "a quarter from 1 to 4", NO},
    {"0 тоқсан 2024", MTMI_PERIOD_BAD, "a quarter from 1 to 4", NO}, {"2024-S3", MTMI_PERIOD_BAD, "a half-year", NO},
    {"3 полугодие 2024", MTMI_PERIOD_BAD, "a half-year", NO}, {"III полугодие 2024", MTMI_PERIOD_BAD, "a half-year", NO},
    {"2024-T4", MTMI_PERIOD_BAD, "a third of a year", SDMX}, {"2024-T1", MTMI_PERIOD_AMBIGUOUS, "a quarter in French", NO}, {"2024T1", MTMI_PERIOD_BAD, "a period such as", NO},
    {"2024-A2", MTMI_PERIOD_BAD, "A1", NO}, {"2024-13", MTMI_PERIOD_BAD, "a month from 1 to 12", NO},
    {"2024-00", MTMI_PERIOD_BAD, "a month from 1 to 12", NO}, {"202413", MTMI_PERIOD_BAD, "a month from 1 to 12", NO},
    {"2024-M13", MTMI_PERIOD_BAD, "a month from 1 to 12", NO}, {"2023-24", MTMI_PERIOD_BAD, "a month from 1 to 12", NO},
    {"2024-02-30", MTMI_PERIOD_BAD, "a day that the month has", NO}, {"2023-02-29", MTMI_PERIOD_BAD, "a day that the month has", NO},
    {"2024-06-31", MTMI_PERIOD_BAD, "a day that the month has", NO}, {"2024-06-00", MTMI_PERIOD_BAD, "a day that the month has", NO},
    {"31 июня 2024", MTMI_PERIOD_BAD, "a day that the month has", NO}, {"20240230", MTMI_PERIOD_BAD, "a day that the month has", NO},
    {"2024-13-01", MTMI_PERIOD_BAD, "a month from 1 to 12", NO}, {"13.07.2024", MTMI_PERIOD_BAD, "a month from 1 to 12", MDY},
    {"07/13/2024", MTMI_PERIOD_BAD, "a month from 1 to 12", DMY}, {"2024-W00", MTMI_PERIOD_BAD, "a week that the year has", NO},
    {"2024-W53", MTMI_PERIOD_BAD, "a week that the year has", NO}, {"2024-W5", MTMI_PERIOD_BAD, "a period such as", NO},
    {"2023-D366", MTMI_PERIOD_BAD, "a day from 001", NO}, {"2024-D000", MTMI_PERIOD_BAD, "a day from 001", NO},
    {"0024", MTMI_PERIOD_BAD, "a year from 1800 to 2199", NO}, {"20224", MTMI_PERIOD_BAD, "a period such as", NO},
    {"2567-Q1", MTMI_PERIOD_BAD, "a year from 1800 to 2199", NO}, {"1403-04-01", MTMI_PERIOD_BAD, "a year from 1800 to 2199", NO},
    {"9999", MTMI_PERIOD_BAD, "a year from 1800 to 2199", NO}, {"14250101", MTMI_PERIOD_BAD, "a period such as", NO},
    {"۱۴۰۳", MTMI_PERIOD_BAD, "1800 to 2199", NO}, {"令和6年", MTMI_PERIOD_BAD, "this sign", NO},
    {"Q2'24", MTMI_PERIOD_AMBIGUOUS, "a year of four digits", NO}, {"Q2’24", MTMI_PERIOD_AMBIGUOUS, "a year of four digits", NO},
    {"2Q24", MTMI_PERIOD_AMBIGUOUS, "a year of four digits", NO}, {"Apr-24", MTMI_PERIOD_AMBIGUOUS, "a year of four digits", NO},
    {"апр.24", MTMI_PERIOD_AMBIGUOUS, "a year of four digits", NO}, {"II кв. 24 г.", MTMI_PERIOD_AMBIGUOUS, "a year of four digits", NO},
    {"01.07.24", MTMI_PERIOD_AMBIGUOUS, "a year of four digits", DMY}, {"24", MTMI_PERIOD_AMBIGUOUS, "a year of four digits", NO},
    {"июнь 24", MTMI_PERIOD_AMBIGUOUS, "a year of four digits", NO}, {"24-Q2", MTMI_PERIOD_AMBIGUOUS, "a year of four digits", NO},
    {"01.07.2024", MTMI_PERIOD_AMBIGUOUS, "declare the order", NO}, {"13.07.2024", MTMI_PERIOD_AMBIGUOUS, "declare the order", NO},
    {"7/1/2024", MTMI_PERIOD_AMBIGUOUS, "declare the order", NO}, {"01-07-2024", MTMI_PERIOD_AMBIGUOUS, "declare the order", NO},
    {"01.07.2024", MTMI_PERIOD_AMBIGUOUS, "declare the order", SDMX}, {"01.04.2024-30.06.2024", MTMI_PERIOD_AMBIGUOUS, "declare the order", NO},
    {"Q2", MTMI_PERIOD_BAD, "the year as well", NO}, {"апрель-июнь", MTMI_PERIOD_BAD, "the year as well", NO},
    {"II квартал", MTMI_PERIOD_BAD, "the year as well", NO}, {"June", MTMI_PERIOD_BAD, "the year as well", NO},
    {"на 1 июля", MTMI_PERIOD_BAD, "the year as well", NO}, {"6 месяцев", MTMI_PERIOD_BAD, "the year as well", NO},
    {"2024 (to 09-01?)", MTMI_PERIOD_BAD, "this sign", NO}, {"2023 (to ~Sep)", MTMI_PERIOD_BAD, "this sign", NO},
    {"2021 1)", MTMI_PERIOD_BAD, "this sign", NO}, {"2021*", MTMI_PERIOD_BAD, "this sign", NO}, {"2024²", MTMI_PERIOD_BAD, "without raised", NO},
    {"2024①", MTMI_PERIOD_BAD, "without raised", NO}, {"Q½ 2024", MTMI_PERIOD_BAD, "without raised", NO},
    {"2023/2024", MTMI_PERIOD_BAD, "a period such as", NO}, {"2023-2024", MTMI_PERIOD_BAD, "a period such as", NO}, {"2023/24", MTMI_PERIOD_BAD, "a month from 1 to 12", NO},
    {"2024-2", MTMI_PERIOD_BAD, "a period such as", NO}, {"2/2024", MTMI_PERIOD_BAD, "a period such as", NO}, {"2024.1", MTMI_PERIOD_BAD, "a period such as", NO},
    {"2024 2", MTMI_PERIOD_BAD, "a period such as", NO}, {"6M 2024", MTMI_PERIOD_BAD, "a period such as", NO}, {"FY2024", MTMI_PERIOD_BAD, "a period such as", NO},
    {"2024 Q2 revised", MTMI_PERIOD_BAD, "a period such as", NO}, {"Всего", MTMI_PERIOD_BAD, "a period such as", NO}, {"Total", MTMI_PERIOD_BAD, "a period such as", NO},
    {"2024 2025", MTMI_PERIOD_BAD, "a period such as", NO}, {"2 024", MTMI_PERIOD_BAD, "a period such as", NO}, {"2024Q", MTMI_PERIOD_BAD, "a period such as", NO},
    {"апрель, июнь 2024", MTMI_PERIOD_BAD, "a period such as", NO}, {"I, II кв. 2024", MTMI_PERIOD_BAD, "a period such as", NO},
    {"июнь-апрель 2024", MTMI_PERIOD_BAD, "does not end before it begins", NO}, {"2024-06/2024-04", MTMI_PERIOD_BAD, "does not end before it begins", NO},
    {"декабрь-февраль 2024", MTMI_PERIOD_BAD, "does not end before it begins", NO}, {"10-1 May 2024", MTMI_PERIOD_BAD, "does not end before it begins", NO},
    {"Q3-Q2 2024", MTMI_PERIOD_BAD, "does not end before it begins", NO}, {"13 months of 2024", MTMI_PERIOD_BAD, "1 to 12 months", NO},
    {"0 месяцев 2024", MTMI_PERIOD_BAD, "1 to 12 months", NO}, {"second 6 months of 2024", MTMI_PERIOD_BAD, "1 to 12 months", NO},
    {"last 6 months of 2024", MTMI_PERIOD_BAD, "a period such as", NO}, {"6-ай 2024", MTMI_PERIOD_BAD, "a period such as", NO},
    {"с начала 2024 года", MTMI_PERIOD_BAD, "a period such as", NO}, {"с начала года", MTMI_PERIOD_BAD, "a period such as", NO},
    {"YTD 1 July 2024", MTMI_PERIOD_BAD, "the month or quarter until", NO}, {"as of July 2024", MTMI_PERIOD_BAD, "a day, such as", NO},
    {"на июль 2024", MTMI_PERIOD_BAD, "a day, such as", NO}, {"as of 2024", MTMI_PERIOD_BAD, "a day, such as", NO}, {"начало 2024", MTMI_PERIOD_BAD, "a period such as", NO},
    {"2024-01-01/P0M", MTMI_PERIOD_BAD, "a duration", NO}, {"2024-01-01/P", MTMI_PERIOD_BAD, "a duration", NO}, {"2024-01-01/P6", MTMI_PERIOD_BAD, "a duration", NO},
    {"2024-01-01/PT6M", MTMI_PERIOD_BAD, "a duration", NO}, {"2024-01-01/P6M1Y", MTMI_PERIOD_BAD, "a duration", NO}, {"2024-01-01/P99999M", MTMI_PERIOD_BAD, "a duration", NO},
    {"2024-01-31/P1M", MTMI_PERIOD_BAD, "a date before the duration", NO}, {"2024-01/P6M", MTMI_PERIOD_BAD, "a date before the duration", NO},
    {"2024-01-01/P9999Y", MTMI_PERIOD_BAD, "ends before the year 2200", NO}, {"P6M/2024-06-30", MTMI_PERIOD_BAD, "a period such as", NO},
    {"2024-04-15T25:00", MTMI_PERIOD_BAD, "a time such as", NO}, {"2024-04-15 10:61", MTMI_PERIOD_BAD, "a time such as", NO}, {"2024-04-15 10:11 PM", MTMI_PERIOD_BAD, "a time such as", NO},
    {"10:11", MTMI_PERIOD_BAD, "a period such as", NO}, {"2024-06 10:11", MTMI_PERIOD_BAD, "a date before the time", NO}, {"2024-Q2/2024", MTMI_PERIOD_BAD, "a period such as", NO},
    {"45383", MTMI_PERIOD_BAD, "a period such as", NO}, {"2024-04-01/06-30", MTMI_PERIOD_BAD, "a period such as", NO}, {"2O24-Q2", MTMI_PERIOD_BAD, "a period such as", NO},
    {"2024-QII", MTMI_PERIOD_BAD, "a period such as", NO}, {"V квартал 2024", MTMI_PERIOD_BAD, "a period such as", NO}, {"IIII квартал 2024", MTMI_PERIOD_BAD, "a period such as", NO},
    {"2024-0\xD0\x97", MTMI_PERIOD_BAD, "a period such as", NO}, {"\xFF\xFE", MTMI_PERIOD_BAD, "UTF-8", NO}, {"2024-04-01/2024-06-31", MTMI_PERIOD_BAD, "a day that the month has", NO},
};
/* clang-format on */

static void labels_are_read(void **state) {
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof read_table / sizeof *read_table; i++) {
        char text[MTMI_PERIOD_TEXT] = "";
        mtmi_period_label label;
        mtmi_period_read(read_table[i].label, strlen(read_table[i].label), read_table[i].order, &label);
        mtm_period_describe(label.period, text, sizeof text);
        if (label.outcome != MTMI_PERIOD_OK || strcmp(text, read_table[i].period) != 0 ||
            label.cumulative != (read_table[i].words == CUMULATIVE) ||
            label.stock_date != (read_table[i].words == STOCK)) {
            print_error("\"%s\": %d \"%s\" (cumulative %d, stock %d) %s\n", read_table[i].label, (int)label.outcome,
                        text, label.cumulative, label.stock_date, label.expected == NULL ? "" : label.expected);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static void labels_are_refused(void **state) {
    size_t wrong = 0;
    (void)state;
    for (size_t i = 0; i < sizeof refused_table / sizeof *refused_table; i++) {
        mtmi_period_label label;
        size_t length = strlen(refused_table[i].label);
        mtmi_period_read(refused_table[i].label, length, refused_table[i].order, &label);
        if ((int)label.outcome != refused_table[i].outcome || label.offset > length ||
            (label.outcome != MTMI_PERIOD_OK &&
             (strstr(label.expected, refused_table[i].expected) == NULL || label.period.first != MTMI_DAY_NONE))) {
            char text[MTMI_PERIOD_TEXT] = "";
            mtm_period_describe(label.period, text, sizeof text);
            print_error("\"%s\": %d \"%s\" at %zu: %s\n", refused_table[i].label, (int)label.outcome, text,
                        label.offset, label.expected == NULL ? "" : label.expected);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static void the_place_is_told_in_the_text_as_written(void **state) {
    mtmi_period_label label;
    const char *footnote = "  2024 г. – итого";
    (void)state;
    mtmi_period_read("2021 1)", 7, 0, &label);
    assert_int_equal(label.offset, 6);
    mtmi_period_read(footnote, strlen(footnote), 0, &label);
    assert_string_equal(footnote + label.offset, "итого");
    mtmi_period_read("2024\xC2\xB2", 6, 0, &label);
    assert_int_equal(label.offset, 4);
}

static void long_labels_end_quickly(void **state) {
    char text[70000];
    mtmi_period_label label;
    (void)state;
    memset(text, '1', sizeof text);
    mtmi_period_read(text, sizeof text, 0, &label);
    assert_int_equal(label.outcome, MTMI_PERIOD_BAD);
    mtmi_period_read(text, 150, 0, &label);
    assert_int_equal(label.outcome, MTMI_PERIOD_BAD);
    for (size_t i = 0; i < 150; i++) {
        text[i] = i % 2 == 0 ? '1' : '-';
    }
    mtmi_period_read(text, 150, 0, &label);
    assert_int_equal(label.outcome, MTMI_PERIOD_BAD);
}

/* What the library writes it reads back. */
static void described_periods_are_read_back(void **state) {
    (void)state;
    for (int first = mtmi_day_from(2023, 12, 20); first <= mtmi_day_from(2024, 3, 5); first++) {
        for (int length = 0; length < 800; length++) {
            char text[MTMI_PERIOD_TEXT];
            mtm_period period = {first, first + length};
            mtmi_period_label label;
            size_t n = mtm_period_describe(period, text, sizeof text);
            mtmi_period_read(text, n, 0, &label);
            assert_int_equal(label.outcome, MTMI_PERIOD_OK);
            assert_true(mtmi_period_same(label.period, period));
        }
    }
}

static void the_public_door_says_why(void **state) {
    mtm_period period;
    mtm_error error;
    (void)state;
    assert_int_equal(mtm_period_read("II квартал 2024", &period, &error), MTM_OK);
    assert_int_equal(period.first, mtmi_day_from(2024, 4, 1));
    assert_int_equal(mtm_period_read("2024-Q5", &period, &error), MTM_ERROR_VALUE);
    assert_string_equal(error.message, "\"2024-Q5\" is no period that can be read without guessing; "
                                       "expected a quarter from 1 to 4");
    assert_int_equal(error.status, MTM_ERROR_VALUE);
    assert_int_equal(period.first, MTMI_DAY_NONE);
    assert_int_equal(mtm_period_read("2024-Q5", &period, NULL), MTM_ERROR_VALUE);
    assert_int_equal(mtm_period_read(NULL, &period, &error), MTM_ERROR_ARGUMENT);
    assert_int_equal(mtm_period_read("2024", NULL, &error), MTM_ERROR_ARGUMENT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_are_read),
        cmocka_unit_test(labels_are_refused),
        cmocka_unit_test(the_place_is_told_in_the_text_as_written),
        cmocka_unit_test(long_labels_end_quickly),
        cmocka_unit_test(described_periods_are_read_back),
        cmocka_unit_test(the_public_door_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
