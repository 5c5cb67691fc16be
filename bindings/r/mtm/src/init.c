/* Loading the package: the generated functions are registered, and found by no other name. */
#include <Rinternals.h>
#include <R_ext/Rdynload.h>

void R_init_mtm_raw(DllInfo *dll); /* generated */
void R_init_mtm(DllInfo *dll);

void R_init_mtm(DllInfo *dll) {
    R_init_mtm_raw(dll);
    R_useDynamicSymbols(dll, FALSE);
}
