/* Which library is running, and which optional parts it has. Nothing comes in. */
#include <mtm/export.h>

#define TEXT_OF(x) #x
#define TEXT(x) TEXT_OF(x)

const char *mtm_version(void) {
    return TEXT(MTM_VERSION_MAJOR) "." TEXT(MTM_VERSION_MINOR) "." TEXT(MTM_VERSION_PATCH);
}

uint32_t mtm_version_number(void) {
    return MTM_VERSION_MAJOR * 10000u + MTM_VERSION_MINOR * 100u + MTM_VERSION_PATCH;
}

const char *mtm_features(void) {
    static const char features[] =
#ifdef MTMI_WITH_UCHARDET
        " uchardet"
#endif
#ifdef MTMI_WITH_ZLIB
        " zlib"
#endif
#if defined(MTMI_WITH_LIBZIP) && defined(MTMI_WITH_EXPAT)
        " xlsx-read"
#endif
        " xlsx-write";
    return features + 1;
}
