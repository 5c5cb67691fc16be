/* Tells why a path may not stand in a data package: absolute, upwards, an address. No file system is asked. */
#include "read/descriptor/path.h"

#include "base/text.h"

#include <string.h>

enum { LONGEST_PATH = 4000 };

static int is_ascii_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "https:", "file:", "c:" before anything else. */
static int has_scheme(const char *path) {
    size_t n = 0;
    while (is_ascii_letter(path[n]) || (n > 0 && (path[n] == '+' || (path[n] >= '0' && path[n] <= '9')))) {
        n++;
    }
    return n > 0 && path[n] == ':';
}

static const char *wrong_part(const char *part, size_t n) {
    if (n == 0) {
        return "an empty part";
    }
    if (n <= 2 && strncmp(part, "..", n) == 0) {
        return n == 1 ? "the part \".\"" : "the part \"..\"";
    }
    return n > 255 ? "a part of more than 255 bytes" : NULL;
}

const char *mtmi_path_wrong(const char *path) {
    const char *wrong = NULL;
    size_t length = strlen(path);

    if (length == 0) {
        return "nothing";
    }
    if (length > LONGEST_PATH || mtmi_text_valid(path, length) != length) {
        return length > LONGEST_PATH ? "more than 4000 bytes" : "bytes that are not UTF-8";
    }
    if (path[0] == '/' || path[0] == '~') {
        return path[0] == '/' ? "an absolute path" : "a home folder";
    }
    if (has_scheme(path)) {
        return path[1] == ':' ? "a drive letter" : "an address";
    }
    for (size_t i = 0; i < length; i++) {
        if (path[i] == '\\') {
            return "a backslash";
        }
        if ((unsigned char)path[i] < 0x20 || path[i] == 0x7F) {
            return "a control character";
        }
    }
    for (const char *part = path; part != NULL && wrong == NULL;) {
        size_t n = strcspn(part, "/");
        wrong = wrong_part(part, n);
        part = part[n] == '/' ? part + n + 1 : NULL;
    }
    return wrong;
}
