/* Copies and frees findings of surveys. A copy that fails half-way is freed whole. */
#include "indicator/survey/survey_finding.h"

#include "base/memory.h"

#include <string.h>

static void free_telling(mtmi_survey_telling *told) {
    if (told != NULL) {
        mtmi_memory_free(told->group);
        mtmi_memory_free(told->answer);
        mtmi_titles_free(&told->group_title);
        mtmi_titles_free(&told->other_title);
        mtmi_titles_free(&told->answer_title);
        mtmi_memory_free(told);
    }
}

static void clear_line(mtmi_survey_line *line) {
    free_telling(line->told);
    mtmi_memory_free(line->group);
    mtmi_memory_free(line->answer);
    mtmi_titles_free(&line->group_title);
    mtmi_titles_free(&line->other_title);
    mtmi_titles_free(&line->answer_title);
}

void mtmi_survey_finding_clear(mtmi_survey_finding *finding) {
    for (size_t i = 0; i < finding->n_lines; i++) {
        clear_line(&finding->lines[i]);
    }
    mtmi_memory_free(finding->lines);
    mtmi_memory_free(finding->id);
    mtmi_memory_free(finding->section);
    mtmi_memory_free(finding->question);
    mtmi_memory_free(finding->where);
    mtmi_titles_free(&finding->title);
    mtmi_titles_free(&finding->definition);
    mtmi_titles_free(&finding->section_title);
    mtmi_titles_free(&finding->unit);
    memset(finding, 0, sizeof *finding);
}

void mtmi_survey_findings_free(mtmi_survey_findings *findings) {
    if (findings == NULL) {
        return;
    }
    for (size_t i = 0; i < findings->n; i++) {
        mtmi_survey_finding_clear(&findings->all[i]);
    }
    for (size_t i = 0; i < findings->n_sources; i++) {
        mtmi_survey_source *source = &findings->sources[i];
        mtmi_memory_free(source->resource);
        mtmi_memory_free(source->population);
        mtmi_memory_free(source->lonely);
        mtmi_memory_free(source->replicates);
        mtmi_titles_free(&source->title);
    }
    mtmi_memory_free(findings->all);
    mtmi_memory_free(findings->sources);
    mtmi_memory_free(findings);
}

/* Replaces a text borrowed from another finding by a copy; 0 when memory ran out. */
static int copy_text(char **text, const char *from) {
    *text = mtmi_memory_copy_text(from);
    return from == NULL || *text != NULL;
}

static int own_titles(mtmi_titles *titles, const mtmi_titles *from) {
    memset(titles, 0, sizeof *titles);
    return mtmi_titles_copy(from, titles);
}

static int copy_telling(const mtmi_survey_telling *from, mtmi_survey_telling **out) {
    *out = NULL;
    if (from == NULL) {
        return 1;
    }
    mtmi_survey_telling *to = *out = mtmi_memory_new(1, sizeof *to);
    int whole = to != NULL && copy_text(&to->group, from->group);
    whole = whole && copy_text(&to->answer, from->answer) && own_titles(&to->group_title, &from->group_title);
    whole = whole && own_titles(&to->other_title, &from->other_title);
    return whole && own_titles(&to->answer_title, &from->answer_title);
}

void mtmi_survey_line_tell(mtmi_survey_line *line) {
    mtmi_survey_telling *told = line->told;
    if (told != NULL) {
        const mtmi_survey_telling names = {line->group, line->answer, line->group_title, line->other_title,
                                           line->answer_title};
        line->group = told->group;
        line->answer = told->answer;
        line->group_title = told->group_title;
        line->other_title = told->other_title;
        line->answer_title = told->answer_title;
        *told = names;
        free_telling(told);
        line->told = NULL;
    }
}

static int copy_line(const mtmi_survey_line *from, mtmi_survey_line *to) {
    *to = *from;
    int whole = copy_text(&to->group, from->group);
    whole &= copy_text(&to->answer, from->answer);
    whole &= copy_telling(from->told, &to->told);
    whole &= own_titles(&to->group_title, &from->group_title);
    whole &= own_titles(&to->other_title, &from->other_title);
    return whole & own_titles(&to->answer_title, &from->answer_title);
}

static int copy_finding(const mtmi_survey_finding *from, mtmi_survey_finding *to) {
    *to = *from;
    to->lines = mtmi_memory_new(from->n_lines + 1, sizeof *to->lines);
    to->n_lines = 0;
    int whole = to->lines != NULL;
    whole &= copy_text(&to->id, from->id) & copy_text(&to->section, from->section) &
             copy_text(&to->question, from->question) & copy_text(&to->where, from->where);
    whole &= own_titles(&to->title, &from->title) & own_titles(&to->definition, &from->definition);
    whole &= own_titles(&to->section_title, &from->section_title) & own_titles(&to->unit, &from->unit);
    while (whole && to->n_lines < from->n_lines) {
        whole = copy_line(&from->lines[to->n_lines], &to->lines[to->n_lines]);
        to->n_lines++;
    }
    return whole;
}

static int copy_source(const mtmi_survey_source *from, mtmi_survey_source *to) {
    *to = *from;
    return copy_text(&to->resource, from->resource) & copy_text(&to->population, from->population) &
           copy_text(&to->lonely, from->lonely) & copy_text(&to->replicates, from->replicates) &
           own_titles(&to->title, &from->title);
}

int mtmi_survey_findings_copy(const mtmi_survey_findings *from, mtmi_survey_findings **out) {
    *out = NULL;
    if (from == NULL) {
        return 1;
    }
    mtmi_survey_findings *to = *out = mtmi_memory_new(1, sizeof *to);
    if (to == NULL) {
        return 0;
    }
    to->all = mtmi_memory_new(from->n + 1, sizeof *to->all);
    to->sources = mtmi_memory_new(from->n_sources + 1, sizeof *to->sources);
    int whole = to->all != NULL && to->sources != NULL;
    while (whole && to->n < from->n) {
        whole = copy_finding(&from->all[to->n], &to->all[to->n]);
        to->n++;
    }
    while (whole && to->n_sources < from->n_sources) {
        whole = copy_source(&from->sources[to->n_sources], &to->sources[to->n_sources]);
        to->n_sources++;
    }
    return whole;
}
