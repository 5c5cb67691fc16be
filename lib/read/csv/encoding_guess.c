/* Guesses the encoding of bytes that are not UTF-8, with uchardet and a rule that tells the Kazakh code page (KZ-1048)
 * from Windows-1251. A guess is a name, never a certainty. */
#include "read/csv/encoding.h"

#include <string.h>

#ifdef MTMI_WITH_UCHARDET
#include <uchardet.h>
#endif

/* Without letters of Russian and of no other language that Windows-1251 serves, but Kazakh letters in KZ-1048. */
static int is_kazakh_only(unsigned char c) {
    return c != 0 && strchr("\x8D\x8E\x9D\x9E\xA1\xA2\xA3\xBC\xBD\xBE", c) != NULL;
}

static int is_cyrillic_letter(unsigned char c) {
    return c >= 0xC0;
}

static int looks_kazakh(const unsigned char *bytes, size_t size) {
    size_t found = 0;

    for (size_t i = 0; i < size; i++) {
        int beside = (i > 0 && is_cyrillic_letter(bytes[i - 1])) || (i + 1 < size && is_cyrillic_letter(bytes[i + 1]));
        found += is_kazakh_only(bytes[i]) && beside;
    }
    return found > 0;
}

/* Zeros at every other byte: ASCII text in UTF-16 without its mark. */
static const char *guess_wide(const char *bytes, size_t size) {
    size_t zeros[2] = {0, 0};

    for (size_t i = 0; i < size; i++) {
        zeros[i & 1] += bytes[i] == 0;
    }
    if (size < 4 || zeros[0] + zeros[1] < size / 4) {
        return NULL;
    }
    return zeros[1] > zeros[0] ? "utf-16le" : "utf-16be";
}

static const char *guess_narrow(const char *bytes, size_t size, char *out) {
#ifdef MTMI_WITH_UCHARDET
    uchardet_t detector = uchardet_new();
    const char *name = "";
    size_t n;

    out[0] = '\0';
    if (detector != NULL && uchardet_handle_data(detector, bytes, size) == 0) {
        uchardet_data_end(detector);
        name = uchardet_get_charset(detector);
        n = strlen(name);
        for (size_t i = 0; i <= n && n < 40; i++) {
            out[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] + 32 : name[i]);
        }
    }
    if (detector != NULL) {
        uchardet_delete(detector);
    }
    return out[0] == '\0' || strcmp(out, "utf-8") == 0 || strcmp(out, "ascii") == 0 ? NULL : out;
#else
    (void)bytes, (void)size;
    out[0] = '\0';
    return NULL;
#endif
}

/* Cyrillic of one byte a letter is what these files are in: mostly letters, whose small ones are E0 to FF. */
static int looks_windows_cyrillic(const unsigned char *bytes, size_t size) {
    size_t small = 0, high = 0;

    for (size_t i = 0; i < size; i++) {
        high += bytes[i] >= 0x80;
        small += bytes[i] >= 0xE0;
    }
    return high >= 4 && small * 2 > high;
}

int mtmi_encoding_is_kazakh(const char *name, const char *bytes, size_t size) {
    return strcmp(name, "windows-1251") == 0 && looks_kazakh((const unsigned char *)bytes, size);
}

const char *mtmi_encoding_guess(const char *bytes, size_t size, char *out) {
    const unsigned char *raw = (const unsigned char *)bytes;
    const char *name = guess_wide(bytes, size);
    size_t high = 0;

    for (size_t i = 0; i < size; i++) {
        high += raw[i] >= 0x80;
    }
    if (name == NULL && high < 4) {
        return NULL; /* too little to tell by */
    }
    if (name == NULL) {
        name = guess_narrow(bytes, size, out);
    }
    if (name == NULL && looks_windows_cyrillic(raw, size)) {
        name = "windows-1251";
    }
    if (name != NULL && mtmi_encoding_is_kazakh(name, bytes, size)) {
        name = "kz-1048";
    }
    if (name != NULL && name != out) {
        memcpy(out, name, strlen(name) + 1);
    }
    return name == NULL ? NULL : out;
}
