/* Writes the keys of members so that their bytes sort in the order of publication. */
#include "tabulate/member.h"

#include "base/text.h"

#include <string.h>

static void write_day(unsigned char out[4], int32_t day) {
    uint32_t biased = (uint32_t)day ^ 0x80000000u;
    out[0] = (unsigned char)(biased >> 24);
    out[1] = (unsigned char)(biased >> 16);
    out[2] = (unsigned char)(biased >> 8);
    out[3] = (unsigned char)biased;
}

static int32_t get(const unsigned char *in) {
    uint32_t biased = (uint32_t)in[0] << 24 | (uint32_t)in[1] << 16 | (uint32_t)in[2] << 8 | in[3];
    return (int32_t)((int64_t)biased - 0x80000000LL);
}

void mtmi_member_from_period(mtm_period period, unsigned char out[MTMI_MEMBER_PERIOD]) {
    write_day(out, period.first);
    write_day(out + 4, period.last);
}

mtm_period mtmi_member_period(const unsigned char *key) {
    mtm_period period = {get(key), get(key + 4)};
    return period;
}

size_t mtmi_member_from_code(mtm_member_kind kind, const char *code, size_t length, unsigned char *out) {
    if (length > MTMI_MEMBER_LONGEST) {
        length = MTMI_MEMBER_LONGEST;
        while (length > 0 && ((unsigned char)code[length] & 0xC0) == 0x80) {
            length--;
        }
    }
    out[0] = (unsigned char)kind;
    if (length > 0) {
        memcpy(out + 1, code, length);
    }
    return 1 + length;
}

int mtmi_member_code(const unsigned char *key, size_t key_length, const char **code, size_t *length) {
    if (key_length < 1 || key[0] > MTM_MEMBER_UNCLASSIFIED || key_length > 1 + MTMI_MEMBER_LONGEST) {
        return -1;
    }
    *code = (const char *)key + 1;
    *length = key_length - 1;
    if (mtmi_text_valid(*code, *length) != *length || memchr(*code, 0, *length) != NULL) {
        return -1;
    }
    return key[0];
}
