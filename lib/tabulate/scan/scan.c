/* Chooses the widest scanner that the processor has, or the one that MTM_SIMD names. */
#include "tabulate/scan/scan.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[] = {"auto", "portable", "sse2", "avx2", "avx512", "neon"};

const char *mtmi_simd_name(mtmi_simd simd) {
    return (size_t)simd < sizeof names / sizeof names[0] ? names[simd] : NULL;
}

static int processor_has(mtmi_simd simd) {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_cpu_init();
    if (simd == MTMI_SIMD_AVX2) {
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
    }
    if (simd == MTMI_SIMD_AVX512) {
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
    }
#endif
    (void)simd;
    return 1;
}

static mtmi_scan_function find_scanner(mtmi_simd simd) {
    mtmi_scan_function function = NULL;
    switch (simd) {
    case MTMI_SIMD_PORTABLE: function = mtmi_scan_portable(); break;
    case MTMI_SIMD_SSE2: function = mtmi_scan_sse2(); break;
    case MTMI_SIMD_AVX2: function = mtmi_scan_avx2(); break;
    case MTMI_SIMD_AVX512: function = mtmi_scan_avx512(); break;
    case MTMI_SIMD_NEON: function = mtmi_scan_neon(); break;
    case MTMI_SIMD_AUTO: break;
    }
    return function != NULL && processor_has(simd) ? function : NULL;
}

mtmi_scan_function mtmi_scan_find(mtmi_simd simd) {
    static const mtmi_simd fastest_first[] = {MTMI_SIMD_AVX512, MTMI_SIMD_AVX2, MTMI_SIMD_NEON, MTMI_SIMD_SSE2,
                                              MTMI_SIMD_PORTABLE};
    const char *wish = getenv("MTM_SIMD");
    mtmi_scan_function function = NULL;
    size_t i;
    if (simd != MTMI_SIMD_AUTO) {
        return find_scanner(simd);
    }
    if (wish != NULL && wish[0] != '\0' && strcmp(wish, names[0]) != 0) {
        for (i = 1; i < sizeof names / sizeof names[0]; i++) {
            if (strcmp(wish, names[i]) == 0) {
                return find_scanner((mtmi_simd)i);
            }
        }
        return NULL;
    }
    for (i = 0; function == NULL && i < sizeof fastest_first / sizeof fastest_first[0]; i++) {
        function = find_scanner(fastest_first[i]);
    }
    return function;
}
