"""Across the Tumen: what the notebooks of the course can call.

Learning
    begin("01")              open a lesson
    predict("01.p1", chart)  make a guess before a chart shows
    quiz("01.q1")            answer a question; every answer gets a reply
    answer("01.q1", 2)       answer the same question by a plain call
    check("01.3", answer)    check your answer to a task of an exercise
    hint("01.3")             ask for the next hint
    recall("02"), review()   bring questions of earlier lessons back
    progress()               what you have done, and where to go on

Facts
    cite("E001")             where a date, a number or a name comes from
    term("regionalism")      a word of the glossary, with its native scripts
    sources("01")            every source that a lesson links to
    table("events")          a whole table of the course's data

Charts, by lesson: .describe() says any of them in words, .table() gives the numbers behind it
    01  region_map(), lower_tumen_map(), security_network(), centralization_over_time()
    02  recognition_bridges(), world_trade_calendar(), ledger(), compare_ledgers()
    03  revenue_contract(), border_trade(), doubtful_figures(), avenues(), zones_map()
    04  comparative_advantage_table(), complementarity_and_growth()
    05  blocs_of_the_world()
    06  committee_seats()
    07  distances_to_the_river(), enthusiasm(), theory_table(), win_sets_of_two(),
        two_level_game()
    08  five_steps(), step_evidence(), way_there_and_back()
    10  members_over_time(), scorecard(), compare_scorecard(), growth_triangles()

Explorables, by lesson: charts with controls
    01  explore_timeline(), explore_security_network()
    02  explore_thaw(), explore_ledger()
    03  explore_revenue_contract(), explore_growth_rate(), explore_avenues(), explore_zones(),
        explore_region_names()
    04  explore_complementarity(), explore_two_country_trade(), explore_chain_of_advantage(),
        explore_changing_advantage()
    05  explore_integration_ladder(), explore_customs_union(), explore_capital_mobility(),
        explore_zone_competition()
    06  explore_tumen_river(), explore_programme_layers(), explore_zone_options(),
        explore_programme_money(), explore_hidden_trade()
    07  explore_theories(), explore_win_sets(), explore_two_level_game(),
        explore_side_payments()
    08  explore_step(), explore_rounds(), explore_cycle_curve(), explore_push(),
        explore_six_countries(), explore_sensitivity()
    10  explore_aftermath(), explore_river_map(), explore_scorecard(), explore_errors(),
        explore_stall(), explore_stall_settings()

The Tumen summit
    summit()                 the negotiation game of lesson 09, to play by form or by plain calls
    summit_debrief()         what your last game came to, and what was left on the table
    summit_groups(deals)     the deals of a class side by side
    summit_harbours(), summit_deals(), summit_blockers(), explore_summit_deals()

Everything here loads when it is first used. For help on one name: help(tutor.predict).
"""

_PUBLIC = {
    "answer": "tutor.interaction.asking",
    "avenues": "tutor.charts.soft_regionalism",
    "begin": "tutor.learner_progress",
    "blocs_of_the_world": "tutor.charts.stages",
    "border_trade": "tutor.charts.soft_regionalism",
    "centralization_over_time": "tutor.charts.security_network",
    "check": "tutor.checks",
    "cite": "tutor.citing",
    "committee_seats": "tutor.charts.tumen_programme",
    "comparative_advantage_table": "tutor.charts.comparative_advantage",
    "compare_ledgers": "tutor.interaction.explorables.thaw",
    "compare_scorecard": "tutor.interaction.explorables.after_1993",
    "complementarity_and_growth": "tutor.charts.comparative_advantage",
    "distances_to_the_river": "tutor.charts.two_level_games",
    "doubtful_figures": "tutor.charts.soft_regionalism",
    "enthusiasm": "tutor.charts.two_level_games",
    "explore_aftermath": "tutor.interaction.explorables.after_1993",
    "explore_avenues": "tutor.interaction.explorables.soft_regionalism",
    "explore_capital_mobility": "tutor.interaction.explorables.stages",
    "explore_chain_of_advantage": "tutor.interaction.explorables.comparative_advantage",
    "explore_changing_advantage": "tutor.interaction.explorables.comparative_advantage",
    "explore_complementarity": "tutor.interaction.explorables.comparative_advantage",
    "explore_customs_union": "tutor.interaction.explorables.stages",
    "explore_cycle_curve": "tutor.interaction.explorables.tradp_model",
    "explore_errors": "tutor.interaction.explorables.after_1993",
    "explore_growth_rate": "tutor.interaction.explorables.soft_regionalism",
    "explore_hidden_trade": "tutor.interaction.explorables.tumen_programme",
    "explore_integration_ladder": "tutor.interaction.explorables.stages",
    "explore_ledger": "tutor.interaction.explorables.thaw",
    "explore_programme_layers": "tutor.interaction.explorables.tumen_programme",
    "explore_programme_money": "tutor.interaction.explorables.tumen_programme",
    "explore_push": "tutor.interaction.explorables.tradp_model",
    "explore_region_names": "tutor.interaction.explorables.soft_regionalism",
    "explore_revenue_contract": "tutor.interaction.explorables.soft_regionalism",
    "explore_river_map": "tutor.interaction.explorables.after_1993",
    "explore_rounds": "tutor.interaction.explorables.tradp_model",
    "explore_scorecard": "tutor.interaction.explorables.after_1993",
    "explore_security_network": "tutor.interaction.explorables.cold_war",
    "explore_sensitivity": "tutor.interaction.explorables.tradp_model",
    "explore_side_payments": "tutor.interaction.explorables.two_level_games",
    "explore_six_countries": "tutor.interaction.explorables.tradp_model",
    "explore_stall": "tutor.interaction.explorables.after_1993",
    "explore_stall_settings": "tutor.interaction.explorables.after_1993",
    "explore_step": "tutor.interaction.explorables.tradp_model",
    "explore_summit_deals": "tutor.interaction.explorables.summit",
    "explore_thaw": "tutor.interaction.explorables.thaw",
    "explore_theories": "tutor.interaction.explorables.two_level_games",
    "explore_timeline": "tutor.interaction.explorables.cold_war",
    "explore_tumen_river": "tutor.interaction.explorables.tumen_programme",
    "explore_two_country_trade": "tutor.interaction.explorables.comparative_advantage",
    "explore_two_level_game": "tutor.interaction.explorables.two_level_games",
    "explore_win_sets": "tutor.interaction.explorables.two_level_games",
    "explore_zone_competition": "tutor.interaction.explorables.stages",
    "explore_zone_options": "tutor.interaction.explorables.tumen_programme",
    "explore_zones": "tutor.interaction.explorables.soft_regionalism",
    "five_steps": "tutor.charts.tradp_model",
    "growth_triangles": "tutor.charts.after_1993",
    "hint": "tutor.checks",
    "ledger": "tutor.interaction.explorables.thaw",
    "lower_tumen_map": "tutor.charts.maps",
    "members_over_time": "tutor.charts.after_1993",
    "predict": "tutor.interaction.asking",
    "progress": "tutor.learner_progress",
    "quiz": "tutor.interaction.asking",
    "recall": "tutor.interaction.asking",
    "recognition_bridges": "tutor.charts.thaw",
    "region_map": "tutor.charts.maps",
    "revenue_contract": "tutor.charts.soft_regionalism",
    "review": "tutor.interaction.asking",
    "scorecard": "tutor.interaction.explorables.after_1993",
    "security_network": "tutor.charts.security_network",
    "sources": "tutor.citing",
    "step_evidence": "tutor.charts.tradp_model",
    "summit": "tutor.interaction.summit_widget",
    "summit_blockers": "tutor.charts.summit",
    "summit_deals": "tutor.charts.summit",
    "summit_debrief": "tutor.interaction.summit_debrief",
    "summit_groups": "tutor.interaction.summit_debrief",
    "summit_harbours": "tutor.charts.summit",
    "table": "tutor.data",
    "term": "tutor.citing",
    "theory_table": "tutor.charts.two_level_games",
    "two_level_game": "tutor.charts.two_level_games",
    "way_there_and_back": "tutor.charts.tradp_model",
    "win_sets_of_two": "tutor.charts.two_level_games",
    "world_trade_calendar": "tutor.charts.thaw",
    "zones_map": "tutor.charts.zones_map",
}

__all__ = sorted(_PUBLIC)


def __getattr__(name):
    """Load a public name when it is first used."""
    import importlib

    if name in _PUBLIC:
        module = importlib.import_module(_PUBLIC[name])
        value = getattr(module, name)
        globals()[name] = value
        return value
    raise AttributeError(_no_such_name(name))


def __dir__():
    """List the public names, so that the Tab key offers them and nothing else."""
    return list(__all__)


def _no_such_name(name):
    import difflib

    close = difflib.get_close_matches(name, __all__, 3)
    hint = " Close to it: %s." % ", ".join(close) if close else ""
    return "tutor has no %r.%s help(tutor) lists what there is." % (name, hint)
