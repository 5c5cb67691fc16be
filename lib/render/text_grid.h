/* Tables on a terminal. */
#ifndef MTMI_RENDER_TEXT_GRID_H
#define MTMI_RENDER_TEXT_GRID_H

#include "render/table.h"

/* At most width columns wide where the words allow it: the widest column of words is broken into lines.
 * bold and plain switch a terminal's letters; "" for none. */
void mtmi_grid_write(mtmi_buffer *out, const mtmi_table *table, size_t width, const char *bold, const char *plain);

#endif
