/* The one SWIG interface of Python and R: the public headers as they are become flat functions of the same names. Each language defines the typemaps used here under the same names in its own .swg file; classes, names
 * and documentation for users are written by hand above the generated floor. */
%module mtm_raw

%{
#include <mtm.h>
%}

#if defined(SWIGPYTHON)
%include "python/mtm_python.swg"
#elif defined(SWIGR)
%include "r/mtm_r.swg"
#endif

/* Freeing is the finalizers' work, errors become exceptions and conditions, structs travel as plain values. */
%rename("$ignore", regextarget=1) "mtm_.*_free$";
%ignore mtm_error;
%ignore mtm_error_describe;
%ignore mtm_progress;
%ignore mtm_read;
%ignore mtm_write;
%ignore mtm_period;
%ignore mtm_decimal;
%ignore mtm_source;
%ignore mtm_match;
%ignore mtm_release;
%ignore mtm_store_release;
%ignore mtm_dimension;
%ignore mtm_member;
%ignore mtm_comparison;
%ignore mtm_row;
%ignore mtm_extent;
%ignore mtm_step;
%ignore mtm_diagnostic;
%ignore mtm_question;
%ignore mtm_ask;
%ignore mtm_package_ask;
%ignore mtm_limitation;
%ignore mtm_reference;
%ignore mtm_row_cell;
%ignore mtm_row_table;
%ignore mtm_table_row;
%rename("$ignore", regextarget=1) "mtm_.*_options$";
%rename("$ignore", regextarget=1) "mtm_.*_info$";
%rename("$ignore", regextarget=1) "^MTM_.*_INIT$";
%ignore MTM_API;

%mtm_handle(mtm_catalogue)
%mtm_handle(mtm_check)
%mtm_handle(mtm_dataset)
%mtm_handle(mtm_package)
%mtm_handle(mtm_report)
%mtm_handle(mtm_results)
%mtm_handle(mtm_row_reader)
%mtm_handle(mtm_tabulator)
%mtm_handle(mtm_buffer)
%mtm_handle(mtm_store)
%mtm_handle(mtm_survey)
%mtm_handle(mtm_estimates)
%mtm_lent(mtm_codelist)
%mtm_lent(mtm_indicator)
%mtm_lent(mtm_result)
%mtm_lent_out(mtm_dataset)
%mtm_lent_out(mtm_codelist)
%mtm_lent_out(mtm_indicator)
%mtm_lent_out(mtm_result)

/* Their answer is in what they fill; nothing comes back where there is none. */
%mtm_gives(mtm_codelist_get)
%mtm_gives(mtm_codelist_validity)
%mtm_gives(mtm_dataset_get)
%mtm_gives(mtm_dataset_release)
%mtm_gives(mtm_dataset_dimension)
%mtm_gives(mtm_dataset_member)
%mtm_gives(mtm_package_get)
%mtm_gives(mtm_store_at)
%mtm_gives(mtm_indicator_get)
%mtm_gives(mtm_result_get)
%mtm_gives(mtm_result_comparison)
%mtm_gives(mtm_result_row)
%mtm_gives(mtm_result_extent)
%mtm_gives(mtm_result_point)
%mtm_gives(mtm_result_step)
%mtm_gives(mtm_check_at)
%mtm_gives(mtm_report_limitation)
%mtm_gives(mtm_report_reference)
%mtm_gives(mtm_row_reader_table)

/* Long work: others may run meanwhile. */
%mtm_long(mtm_package_read)
%mtm_long(mtm_package_tabulate)
%mtm_long(mtm_store_open)
%mtm_long(mtm_store_add)
%mtm_long(mtm_store_export)
%mtm_long(mtm_store_verify)
%mtm_long(mtm_revisions_diff)
%mtm_long(mtm_package_protect)
%mtm_long(mtm_estimates_protect)
%mtm_long(mtm_package_describe)
%mtm_long(mtm_package_propose)
%mtm_long(mtm_dataset_read)
%mtm_long(mtm_dataset_render)
%mtm_long(mtm_check_read)
%mtm_long(mtm_catalogue_read)
%mtm_long(mtm_catalogue_compute)
%mtm_long(mtm_catalogue_revisions)
%mtm_long(mtm_results_arrow)
%mtm_long(mtm_row_reader_open)
%mtm_long(mtm_row_reader_arrow)
%mtm_long(mtm_report_new)
%mtm_long(mtm_report_render)
%mtm_long(mtm_tabulator_add)
%mtm_long(mtm_tabulator_merge)
%mtm_long(mtm_tabulator_save)
%mtm_long(mtm_tabulator_describe)
%mtm_long(mtm_tabulator_load)
%mtm_long(mtm_tabulator_finish)
%mtm_long(mtm_buffer_save)
%mtm_long(mtm_survey_read)
%mtm_long(mtm_survey_compute)

%ignore mtm_survey_request;
%ignore mtm_estimate;
%ignore mtm_estimates_at;

/* Two sets of options of one function. */
%apply const mtm_read_options *options { const mtm_read_options *reading };
%apply const mtm_compute_options *options { const mtm_compute_options *computing };

/* Lines tell how much is wrong. */
%typemap(in, numinputs=0) size_t *n_wrong (size_t wrong) "wrong = 0; $1 = &wrong;"
%typemap(freearg) size_t *n_wrong ""
%apply const mtm_period *period { const mtm_period *as_of };

#define MTM_API
%include <mtm/export.h>
%include <mtm/status.h>
%include <mtm/buffer.h>
%include <mtm/decimal.h>
%include <mtm/period.h>
%include <mtm/codelist.h>
%include <mtm/source.h>
%include <mtm/dataset.h>
%include <mtm/package.h>
%include <mtm/store.h>
%include <mtm/format.h>
%include <mtm/check.h>
%include <mtm/rows.h>
%include <mtm/tabulate.h>
%include <mtm/survey.h>
/* SWIG's R module calls its own variable "result"; the parameter gets out of its way. */
#if defined(SWIGR)
#define result computed
#endif
%include <mtm/result.h>
#undef result
%include <mtm/indicator.h>
%include <mtm/report.h>
