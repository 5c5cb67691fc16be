/* Any bytes as boundaries: what is read is drawn, within its picture. */
#include "fuzz.h"

#include "geo/geo.h"
#include "render/map/map_picture.h"

#include <stdlib.h>

static void draw(const mtmi_geo *geo) {
    const char *code = geo->areas[geo->n_areas - 1].code;
    const mtmi_map_area areas[] = {{code, "1", MTMI_MAP_CLASS, 4}, {"B", NULL, MTMI_MAP_WITHHELD, 0}};
    const mtmi_map_line lines[] = {{code, geo->areas[0].code, 5000}};
    const mtmi_area_map map = {"m", "t", "d", geo, areas, 2, lines, 1, "A", MTMI_MAP_UNCOVERED};
    mtmi_buffer out = MTMI_BUFFER_INIT;
    mtmi_map_svg(&out, &map);
    if (out.failed) {
        abort();
    }
    mtmi_buffer_free(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const properties[] = {"id", "code", NULL};
    for (size_t i = 0; i < 3; i++) {
        mtmi_geo *geo = NULL;
        if (mtmi_geo_read((const char *)data, size, "t.json", properties[i], &geo, NULL) == MTM_OK) {
            draw(geo);
        }
        mtmi_geo_free(geo);
    }
    return 0;
}
