/* Makes the n-th request for memory fail, for every n: a scenario must say MTM_ERROR_MEMORY, or succeed without it, and
 * leak nothing (which the sanitizer and valgrind runs see). */
#ifndef TESTS_FAILING_H
#define TESTS_FAILING_H

#include "base/memory.h"

#include <mtm/status.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

typedef mtm_status (*failing_scenario)(void *data, mtm_error *err);

/* Under valgrind and sanitizers every step takes its time: then some are left out, never the first ones. */
static inline size_t failing_stride(size_t n) {
    return n < 50 || getenv("MTM_SLOW") == NULL ? 1 : 1 + n / 50;
}

/* Runs scenario with the n-th request failing, once and then for good, for n = 1, 2, ... until none is left to fail. */
static inline void assert_survives_failing_memory(failing_scenario scenario, void *data) {
    for (int for_good = 0; for_good <= 1; for_good++) {
        for (size_t n = 1;; n += failing_stride(n)) {
            mtm_error err = {0};
            mtmi_memory_fail_at(n, for_good);
            mtm_status status = scenario(data, &err);
            size_t requests = mtmi_memory_requests();
            mtmi_memory_fail_at(0, 0);
            if (status == MTM_OK) {
                if (requests < n) {
                    break;
                }
                continue; /* did without that block */
            }
            assert_int_equal(status, MTM_ERROR_MEMORY);
            assert_int_equal(err.status, MTM_ERROR_MEMORY);
            assert_true(n < 1000000);
        }
    }
}

#endif
