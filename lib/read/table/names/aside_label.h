/* Labels of rows that stand beside the parts of a table. */
#ifndef MTMI_READ_TABLE_NAMES_ASIDE_LABEL_H
#define MTMI_READ_TABLE_NAMES_ASIDE_LABEL_H

#include <stddef.h>

/* "Справочно: граждане РК", "В среднем", "Всего мужчин", "Итого без России", "Итого за 2022 год": a figure for reference, an
 * average, or the total of something else than the other rows. It is none of the parts, and not their total. */
int mtmi_label_is_aside(const char *text, size_t length);

#endif
