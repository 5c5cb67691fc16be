/**
 * @file mtm/rows.h
 * @brief Rows of any table: the reader without a name that it must know.
 */
#ifndef MTM_ROWS_H
#define MTM_ROWS_H

#include <mtm/arrow.h>
#include <mtm/check.h>
#include <mtm/source.h>

#ifdef __cplusplus
extern "C" {
#endif

/** @brief Reads the rows of one table of a file, in order. Not shared between threads. @since 0.2 */
typedef struct mtm_row_reader mtm_row_reader;

/**
 * @brief What a caller tells of a file. Zero means that the reader finds it out, and refuses where several readings fit.
 * @since 0.2
 */
typedef struct mtm_row_options {
    size_t size;            /**< sizeof(mtm_row_options). */
    const char *encoding;   /**< Such as "windows-1251"; NULL: UTF-8, or what a mark or @p allow_guess gives. */
    const char *sheet;      /**< A workbook's sheet, by name or number from 1; NULL: the first that is not hidden. */
    uint32_t table;         /**< Which table of the file or sheet, from 1; 0: the first. */
    int32_t header_rows;    /**< Rows of the header; 0: found out; -1: the table has none. */
    int32_t skip_rows;      /**< Rows above the header; 0: found out; -1: there are none. */
    char delimiter;         /**< Between cells; 0: found out. */
    char quote;             /**< Around cells; 0: found out; '\\1': none. */
    char escape;            /**< Before a quote in a quoted cell; 0: found out. */
    int32_t allow_guess;    /**< Non-zero lets a guessed encoding be used, with a note. */
    uint64_t max_field;     /**< Bytes of one cell; 0: 1 MiB. */
    uint64_t max_record;    /**< Bytes of one row; 0: 16 MiB. */
    uint64_t max_columns;   /**< Columns of one row; 0: 4096. */
    uint64_t max_expansion; /**< Bytes out of a compressed file; 0: 4 GiB. */
    int32_t places;         /**< Non-zero: mtm_row_reader_arrow() gives file, line and places beside the cells. */
    int32_t reserved;       /**< 0. */
} mtm_row_options;

/** @brief All defaults. @since 0.2 */
#define MTM_ROW_OPTIONS_INIT                                                                                           \
    { sizeof(mtm_row_options), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }

/** @brief A cell, lent until the next row is read. @since 0.2 */
typedef struct mtm_row_cell {
    const char *text; /**< UTF-8, not ended by NUL; NULL: the row has fewer cells than the table has columns. */
    size_t length;    /**< Bytes. */
} mtm_row_cell;

/** @brief A row of data. @since 0.2 */
typedef struct mtm_table_row {
    size_t size;               /**< sizeof(mtm_table_row); set by the caller. */
    const mtm_row_cell *cells; /**< Lent until the next row is read. */
    size_t n_cells;            /**< At least as many as the table has columns; more where the row is longer. */
    int64_t line;              /**< Line that the row begins in, from 1; of a workbook the row's number. */
} mtm_table_row;

/** @brief One table of a file. Texts are lent by the reader. @since 0.2 */
typedef struct mtm_row_table {
    size_t size;              /**< sizeof(mtm_row_table); set by the caller. */
    const char *title;        /**< What stands above it; "" for nothing. */
    const char *sheet;        /**< Of a workbook; "" else. */
    const char *const *names; /**< Of its columns; "" where a column has no name. */
    size_t n_columns;         /**< How many. */
    size_t header_rows;       /**< Rows that the names were joined of; 0: the table has no header. */
    int64_t line;             /**< Where it begins: its header, or its first row. */
    int64_t rows;             /**< Rows of data met so far. */
    const char *encoding;     /**< Of the file, such as "utf-8". */
    char delimiter;           /**< 0: a single column, or no text file. */
    char quote;               /**< 0: none was met. */
} mtm_row_table;

/**
 * @brief Opens a file for reading its rows: CSV, gzipped CSV, a workbook.
 * @param source The file: a path, bytes, a descriptor or a function; bytes are copied, what a descriptor or function
 * gives is read while the reader is.
 * @param options Settings; NULL means all defaults.
 * @param[out] out Given: free with mtm_row_reader_free(). NULL on failure.
 * @param[out] err File, line, what was found and which readings fit; NULL where that does not matter.
 * @return MTM_OK or any error of reading.
 * @since 0.2
 */
MTM_API mtm_status mtm_row_reader_open(const mtm_source *source, const mtm_row_options *options, mtm_row_reader **out,
                                       mtm_error *err);

/** @brief Frees a reader. @param reader A reader, or NULL. @since 0.2 */
MTM_API void mtm_row_reader_free(mtm_row_reader *reader);

/**
 * @brief The next row of data.
 *
 * What is no row of data - titles, blank rows, the rows of other tables - is passed over, with a note for everything but
 * blank rows. A row that cannot be cut into cells is passed over with an error in mtm_row_reader_check().
 *
 * @param reader A reader, not NULL.
 * @param[in,out] out Its size set; filled. Lent until the next call.
 * @param[out] got 0 at the end.
 * @param[out] err What ended the reading; NULL where that does not matter.
 * @return MTM_OK or any error of reading.
 * @since 0.2
 */
MTM_API mtm_status mtm_row_reader_next(mtm_row_reader *reader, mtm_table_row *out, int *got, mtm_error *err);

/**
 * @brief Where a cell of the row last given begins.
 * @param reader A reader, not NULL.
 * @param cell From 0.
 * @param[out] line From 1; 0 where the row has no such cell.
 * @param[out] column Character of the line, from 1; of a workbook the number of the cell.
 * @since 0.2
 */
MTM_API void mtm_row_reader_place(const mtm_row_reader *reader, size_t cell, int64_t *line, int64_t *column);

/**
 * @brief A table of the file: the one that is read, or another that was met.
 * @param reader A reader, not NULL. Tables below the one that is read are met when its last row has been read.
 * @param index 0: the table that is read; from 1: all tables met so far, in their order.
 * @param[in,out] out Its size set; filled. Lent until the next row is read.
 * @return 1, or 0 when @p index is too large.
 * @since 0.2
 */
MTM_API int mtm_row_reader_table(const mtm_row_reader *reader, size_t index, mtm_row_table *out);

/**
 * @brief What reading found so far: notes, rows that could not be cut, the balance of rows.
 * @param reader A reader, not NULL.
 * @return A check; lent by the reader, and complete when its last row has been read.
 * @since 0.2
 */
MTM_API const mtm_check *mtm_row_reader_check(mtm_row_reader *reader);

/**
 * @brief The rows as an Arrow stream of columns of text.
 *
 * A cell that the row does not have is null. Rows longer than the table widen it: a path or bytes are read twice. Names that
 * are missing are col_0 and so on, names that come again are numbered. With the option places, the columns "file" (text) and
 * "line" stand before the table's, and "places" after them: of each cell of the row its line and column, as a list of
 * structs of 64-bit integers.
 *
 * @param reader A reader of which no row was read. The stream shares it: free it as ever, before or after the stream. Its
 * check is complete when the stream has ended.
 * @param[out] out The stream; call its release().
 * @param[out] err Why it failed; NULL where that does not matter.
 * @return MTM_OK, MTM_ERROR_ARGUMENT, MTM_ERROR_MEMORY or any error of reading.
 * @since 0.2
 */
MTM_API mtm_status mtm_row_reader_arrow(mtm_row_reader *reader, struct ArrowArrayStream *out, mtm_error *err);

#ifdef __cplusplus
}
#endif

#endif
