"""Every rule of what figures cover (docs/methodology.md, sections 5 and 6) and the test that proves it: the table of this file. A rule
whose test is gone fails; rules of tables by period and member are proved in long and in wide form."""
import ast
import pathlib
import unittest

HERE = pathlib.Path(__file__).resolve().parent
FORMS = ("self.both(", '"wide"', "rows_wide", "widened(")
BOTH = "*test_both_forms.Forms.test_long_is_wide"

# rule: tests that prove it; those marked * compare the long form with the wide one
RULES = {
    "an absent row is no zero": ["*test_coverage_cases.Cases.test_an_absent_row_is_no_zero"],
    "an empty cell is as good as no row": ["*test_coverage_cases.Cases.test_an_absent_row_is_no_zero",
                                           "test_awkward_packages.Tables.test_25_an_empty_cell_of_a_wide_table"],
    "printed marks follow their legend": [BOTH, "test_awkward_packages.Tables.test_24_a_dash_with_its_legend",
                                          "test_reasons.Sentences.test_a_mark_is_no_zero_by_declaration"],
    "a quarter is no sum of two months and a part of the third": ["*test_coverage_cases.Cases.test_an_absent_row_is_no_zero"],
    "frame declared: a list": ["*test_coverage_frames.Frames.test_a_declared_list_is_expected_whole"],
    "frame declared: closed by the file": ["*test_coverage_frames.Frames.test_closed"],
    "frame declared: categories of the schema": ["test_coverage_frames.Frames.test_the_categories_of_the_schema"],
    "frame printed: a total stands for all": ["*test_coverage_cases.Cases.test_a_printed_total_stands_for_all"],
    "frame closed: sexes": [BOTH, "test_awkward_packages.Tables.test_26_sexes_are_closed"],
    "frame closed: those listed and others": ["*test_coverage_cases.Cases.test_others_hold_who_was_among_them_before"],
    "frame seen: 24 months and no more": ["*test_coverage_cases.Cases.test_not_seen_for_two_years_is_not_expected"],
    "a sum over a seen frame is worded so": ["*test_coverage_frames.Frames.test_a_declared_list_is_expected_whole"],
    "one member is not all": ["*test_coverage_frames.Frames.test_one_country_may_be_all"],
    "partsAreSelection: no frame and no sum": ["*test_coverage_cases.Cases.test_a_selection_has_no_frame"],
    "members have dates: of a list": ["*test_coverage_frames.Frames.test_members_with_dates"],
    "members have dates: of a code list": ["*test_territory.Regions.test_none_is_expected_outside_its_dates"],
    "predecessors: parts are put together": ["*test_territory.Regions.test_the_parts_are_the_old_territory",
                                             "*test_territory.Regions.test_like_for_like_puts_parts_together",
                                             "*test_territory.Regions.test_dates_of_the_packages_own_list"],
    "predecessors: or there is no comparison": ["*test_territory.Regions.test_a_part_that_lacks_is_another_territory",
                                                "*test_territory.Regions.test_the_old_name_kept_says_nothing_of_the_territory",
                                                "test_territory.Regions.test_a_single_region_does_not_compare"],
    "predecessors: USSR, Serbia and Montenegro": ["test_territory.Countries.test_the_soviet_union",
                                                  "test_territory.Countries.test_what_fell_apart"],
    "predecessors: said in three languages": ["test_territory.Regions.test_languages"],
    "a new member is in the sum and not in the base": ["*test_coverage_cases.Cases.test_a_new_member_is_in_the_sum_and_not_in_the_base"],
    "absent zero and not-covered, declared": ["*test_coverage_cases.Cases.test_absence_declared"],
    "a table that prints zeros leaves none out": ["*test_coverage_cases.Cases.test_a_table_that_prints_zeros_leaves_none_out"],
    "a cumulative figure does not vanish": ["*test_coverage_cases.Cases.test_cumulative_figures_do_not_vanish"],
    "absent in the shorter: between nothing and the longer": ["*test_coverage_cases.Cases.test_cumulative_figures_do_not_vanish"],
    "ordinary cells": ["*test_coverage_cases.Cases.test_ordinary_cells", "*test_coverage_cases.Cases.test_ordinary_needs_the_season",
                       "*test_coverage_cases.Cases.test_a_large_cell_is_not_ordinary",
                       "*test_coverage_cases.Cases.test_a_season_of_small_figures_is_ordinary",
                       "*test_coverage_cases.Cases.test_one_large_figure_beside_none_is_not_ordinary"],
    "ordinary cells: per cent only if it does not depend on them": ["*test_coverage_cases.Cases.test_ordinary_cells"],
    "incomplete as-covered": ["*test_coverage_cases.Cases.test_as_covered"],
    "outside a group has the reason of the total": [BOTH, "test_coverage_cases.Cases.test_outside_a_group_has_the_reason_of_the_total"],
    "extent-differs, and like for like": ["*test_coverage_cases.Cases.test_an_absent_row_is_no_zero",
                                          "test_awkward_packages.Tables.test_22_a_country_forgotten_in_the_base"],
    "like for like wherever it prints": ["test_coverage_outputs.Outputs.test_texts_in_three_languages",
                                         "test_coverage_outputs.Outputs.test_the_chart_breaks",
                                         "test_coverage_outputs.Outputs.test_json", "test_coverage_outputs.Outputs.test_csv",
                                         "test_coverage_outputs.Outputs.test_limitation"],
    "net figures count the same on both sides": ["test_coverage_awkward.Net.test_who_is_new_among_those_who_leave",
                                                 "test_coverage_awkward.Net.test_who_is_absent_among_those_who_leave"],
    "breaks of the source": [BOTH, "test_coverage_frames.Breaks.test_figures_on_both_sides_do_not_compare"],
    "microdata: by the days that files cover": ["test_microdata_days.Days.test_files_that_end_within_the_quarter",
                                                "test_microdata_days.Days.test_the_base_may_be_what_is_not_covered",
                                                "test_microdata_days.Days.test_a_hole_between_files",
                                                "test_microdata_days.Days.test_as_covered",
                                                "test_microdata_days.Days.test_declared_beats_observed",
                                                "test_microdata_days.Days.test_weekends_and_holidays",
                                                "test_microdata_days.Registers.test_arrivals_of_the_quarter_in_which_the_register_ends"],
    "stocks: one collection": [BOTH, "test_collections.Collections.test_eleven_days_are_one_round",
                               "test_collections.Collections.test_the_span_is_the_packages",
                               "test_collections.Collections.test_an_area_that_comes_again_begins_the_next_round"],
    "stocks: an area that lacks is absent": [BOTH, "test_collections.Collections.test_an_area_that_lacks_in_the_round_is_absent",
                                             "test_collections.Rounds.test_an_area_that_a_round_lacks"],
    "stocks: last-known": [BOTH, "test_collections.LastKnown.test_an_older_figure_stands",
                           "test_collections.LastKnown.test_it_stands_until_there_is_another",
                           "test_collections.LastKnown.test_totals_are_not_carried"],
    "stocks: a round that covers more": [BOTH, "test_collections.Rounds.test_a_round_that_covers_more"],
    "a superseded figure is flagged": ["test_collections.Superseded.test_a_base_that_was_revised_later"],
    "groups against their members": [BOTH, "test_awkward_packages.Tables.test_09_a_group_and_its_members",
                                     "test_awkward_packages.Tables.test_10_a_group_that_is_not_its_members"],
    "members that overlap are not added": [BOTH, "test_reasons.Sentences.test_groups_that_overlap"],
    "a reason that says in what figures differ": ["test_reasons.Sentences.test_58_figures_that_differ_in_one_dimension",
                                                  "test_reasons.Sentences.test_missing_is_only_what_the_source_gives_as_missing"],
    "sexes and town under each row": ["test_awkward_packages.Tables.test_08_women_of_which",
                                      "test_awkward_packages.Tables.test_28_towns_and_country_under_each_region"],
    "units agree or are refused": ["test_awkward_packages.Tables.test_14_thousands_against_the_declaration",
                                   "test_awkward_packages.Tables.test_15_a_currency_against_the_declaration",
                                   "test_awkward_packages.Tables.test_19_a_unit_row"],
    "sentinels, negative counts, fractions": ["test_awkward_packages.Tables.test_30_a_sentinel"],
    "what overflows is a reason": ["test_coverage_awkward.Overflow.test_a_sum_of_parts", "test_coverage_awkward.Overflow.test_a_per_cent"],
    "the lines that restore a refused figure": ["test_propose"],
    "exact fractions, extents included": ["test_coverage_random"],
    "simulated tables": ["test_absence_simulated.Simulated.test_promises"],
}


def tests_of(module):
    """{"Class.test": source} of a file."""
    text = (HERE / (module + ".py")).read_text(encoding="utf-8")
    return {f"{c.name}.{f.name}": ast.get_source_segment(text, f) for c in ast.parse(text).body if isinstance(c, ast.ClassDef)
            for f in c.body if isinstance(f, ast.FunctionDef)}


class Map(unittest.TestCase):
    def test_every_rule_has_its_test(self):
        for rule, names in RULES.items():
            self.assertTrue(names, rule)
            for name in names:
                module, _, test = name.lstrip("*").partition(".")
                with self.subTest(rule=rule, test=name):
                    self.assertTrue((HERE / (module + ".py")).is_file())
                    if test:
                        self.assertIn(test, tests_of(module))

    def test_both_forms_are_compared(self):
        for rule, names in RULES.items():
            for name in names:
                if name.startswith("*"):
                    module, _, test = name[1:].partition(".")
                    with self.subTest(rule=rule, test=name):
                        self.assertTrue(any(form in tests_of(module)[test] for form in FORMS))

    def test_every_case_proves_a_rule(self):
        """A case of the rules that is in no line of the table has been forgotten there."""
        named = {name.lstrip("*") for names in RULES.values() for name in names}
        for module in ("test_coverage_cases", "test_territory"):
            for test in tests_of(module):
                if ".test_" in test and f"{module}.{test}" not in named:
                    self.assertIn(test.split(".")[1], ALSO, module)


# cases of a rule that another test of the table proves too
ALSO = {"test_nothing_is_said_on_one_side", "test_absent_after_the_change", "test_what_became_one"}


if __name__ == "__main__":
    unittest.main()
