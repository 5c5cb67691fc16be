/* How pictures look to printers that give no styles to what is in them, as WeasyPrint: attributes, which the page's own
 * styles override. The colours are the light ones of page.css. */
#ifndef MTMI_RENDER_UNSTYLED_H
#define MTMI_RENDER_UNSTYLED_H

#define MTMI_PLAIN_FONT " font-size=\"11\""
#define MTMI_PLAIN_BAR " fill=\"#2468b4\""
#define MTMI_PLAIN_TRACK " fill=\"#f1f3f6\""
#define MTMI_PLAIN_MARKED " fill=\"#b3480b\""
#define MTMI_PLAIN_CURVE " stroke=\"#2468b4\" stroke-width=\"2\""
#define MTMI_PLAIN_GAP " stroke=\"#2468b4\" stroke-width=\"1.25\" stroke-dasharray=\"2 4\""
#define MTMI_PLAIN_GRID " stroke=\"#ccc\""
#define MTMI_PLAIN_HATCH " stroke=\"#77838f\" stroke-width=\"1.5\""
#define MTMI_PLAIN_LINE " fill=\"none\" stroke=\"#b3480b\""
#define MTMI_PLAIN_LAND " fill=\"#eceae4\" stroke=\"#6b7682\" stroke-width=\"0.8\""
#define MTMI_PLAIN_COAST " stroke=\"#6b7682\" stroke-width=\"0.8\""
#define MTMI_PLAIN_HIDDEN " display=\"none\"" /* what only a wide screen has room for */

/* Of areas from the lowest class to the highest, and of parts that stand side by side. */
#define MTMI_PLAIN_PARTS 7
static const char *const mtmi_plain_classes[] = {"#d6e6f5", "#9cc3e6", "#5f9bd1", "#2a6cb0", "#0b3a75"};
static const char *const mtmi_plain_parts[MTMI_PLAIN_PARTS] = {"#1f4e79", "#4a90c4", "#a9cfe8", "#e6e2d3",
                                                               "#f2c078", "#d97a3a", "#8c3d12"};

#endif
