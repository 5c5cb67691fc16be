/* The report as linked data. */
#ifndef MTMI_RENDER_EXCHANGE_JSON_LD_H
#define MTMI_RENDER_EXCHANGE_JSON_LD_H

#include "render/forms.h"

/* The same for a page: nothing in it ends the element that holds it. */
void mtmi_json_ld_page(mtmi_buffer *out, const mtm_report *report);

#endif
