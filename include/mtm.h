/**
 * @file mtm.h
 * @brief libmtm: from many agencies' files to the quarterly statistics of the Mobility Tracking Matrix.
 *
 * The one supported include. The headers come in the order in which data flows.
 */
#ifndef MTM_H
#define MTM_H

#include <mtm/export.h>
#include <mtm/status.h>
#include <mtm/buffer.h>
#include <mtm/decimal.h>
#include <mtm/period.h>
#include <mtm/codelist.h>
#include <mtm/arrow.h>
#include <mtm/source.h>
#include <mtm/dataset.h>
#include <mtm/builder.h>
#include <mtm/package.h>
#include <mtm/store.h>
#include <mtm/format.h>
#include <mtm/check.h>
#include <mtm/rows.h>
#include <mtm/tabulate.h>
#include <mtm/survey.h>
#include <mtm/result.h>
#include <mtm/indicator.h>
#include <mtm/report.h>

#endif
