/* Cells of a triangle against those before them. */
#include "revisions/triangle.h"

#include "base/decimal.h"
#include "base/memory.h"

#include <string.h>

void mtmi_triangle_free(mtmi_triangle *triangle) {
    mtmi_memory_free(triangle->periods);
    mtmi_memory_free(triangle->releases);
    mtmi_memory_free(triangle->cells);
    memset(triangle, 0, sizeof *triangle);
}

int mtmi_triangle_revision(const mtmi_triangle *triangle, size_t period, size_t release, mtmi_revision *out) {
    const mtmi_revised *row = triangle->cells + period * triangle->n_releases;
    size_t before = release;
    memset(out, 0, sizeof *out);
    if (!row[release].has) {
        return 0;
    }
    while (before > 0 && !row[before - 1].has) {
        before--;
    }
    out->is_first = before == 0;
    if (!out->is_first) {
        const mtm_decimal base = row[before - 1].value;
        out->is_first = mtmi_decimal_subtract(row[release].value, base, &out->absolute, NULL) != MTM_OK;
        out->has_percent = !out->is_first && base.units > 0 &&
                           mtmi_decimal_percent(out->absolute, base, 1, &out->percent, NULL) == MTM_OK;
    }
    return 1;
}
