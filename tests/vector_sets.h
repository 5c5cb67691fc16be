/* Which of the scanners this processor can run, printed once by every test that tries them all. tests/summary.py shows the
 * line after a run: a set that no machine tried is a set that was not tested. */
#ifndef TESTS_VECTOR_SETS_H
#define TESTS_VECTOR_SETS_H

#include "tabulate/scan/scan.h"

#include <stdio.h>

static inline void print_vector_sets(void) {
    printf("vector sets tried:");
    for (int simd = MTMI_SIMD_PORTABLE; mtmi_simd_name((mtmi_simd)simd) != NULL; simd++) {
        if (mtmi_scan_find((mtmi_simd)simd) != NULL) {
            printf(" %s", mtmi_simd_name((mtmi_simd)simd));
        }
    }
    printf("; not on this processor:");
    for (int simd = MTMI_SIMD_PORTABLE; mtmi_simd_name((mtmi_simd)simd) != NULL; simd++) {
        if (mtmi_scan_find((mtmi_simd)simd) == NULL) {
            printf(" %s", mtmi_simd_name((mtmi_simd)simd));
        }
    }
    printf("\n");
    fflush(stdout);
}

#endif
