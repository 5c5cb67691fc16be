/* Slices of a cell, and how a number is refused: what the steps of reading a number share. */
#include "base/diagnostic.h"
#include "base/text.h"
#include "number/number_internal.h"

#include <string.h>

mtmi_slice mtmi_slice_trim(mtmi_slice slice) {
    slice.text = mtmi_text_trim(slice.text, &slice.length);
    return slice;
}

mtmi_slice mtmi_slice_from(mtmi_slice slice, size_t from) {
    slice.text += from;
    slice.length -= from;
    return slice;
}

mtmi_slice mtmi_slice_to(mtmi_slice slice, size_t end) {
    slice.length = end;
    return slice;
}

void mtmi_number_refuse(mtmi_number *out, int code, const char *expected, const char *hint) {
    unsigned proves = code == MTMI_CODE_NUMBER_AMBIGUOUS ? out->proves : 0;
    size_t offset = out->offset;

    memset(out, 0, sizeof *out);
    out->outcome = MTMI_NUMBER_BAD;
    out->code = code;
    out->expected = expected;
    out->hint = hint;
    out->offset = offset;
    out->proves = proves;
}
