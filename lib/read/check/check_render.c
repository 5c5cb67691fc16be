/* Writes a check in the format asked for: text, a page, JSON, or the refused rows as CSV. */
#include "read/check/check_internal.h"

#include "base/error.h"
#include "base/try.h"

mtm_status mtm_check_render(const mtm_check *check, mtm_format format, const mtm_render_options *options,
                            mtm_buffer **out, mtm_error *err) {
    mtm_render_options settings = MTM_RENDER_OPTIONS_INIT;
    mtmi_buffer buffer = MTMI_BUFFER_INIT;
    MTMI_CHECK_STATUS(mtmi_render_begin(check, "check", options, &settings, out, err));
    if (settings.width < 0 || settings.width > 1000) {
        return mtmi_error_argument(err, "options.width", "0 to 1000");
    }
    switch (format) {
    case MTM_FORMAT_TEXT: mtmi_check_text(check, settings.width, settings.colour != 0, &buffer); break;
    case MTM_FORMAT_JSON: mtmi_check_json(check, &buffer); break;
    case MTM_FORMAT_CSV: mtmi_check_csv(check, &buffer); break;
    case MTM_FORMAT_HTML: mtmi_check_html(check, &buffer); break;
    default:
        return mtmi_error_set(err, MTM_ERROR_UNSUPPORTED, 0, (mtmi_place){"format", 0, 0},
                              "expected text, html, json or csv for a check");
    }
    return mtmi_buffer_deliver(&buffer, &settings, out, err);
}
