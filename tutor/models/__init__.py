"""The models of the course: pure functions and frozen values over NumPy, one idea a file.

security_network        ties in force, Freeman's centralization, density, camps        lesson 01
complementarity         two measures of how much two regions could do for each other   lesson 04
ricardian_trade         comparative advantage of many regions in two goods             lesson 04
integration_ladder      the stages of integration                                      lesson 05
customs_union           trade created and diverted, after Viner                        lesson 05
capital_mobility        capital that moves to where it earns most                      lesson 05
zone_competition        zones that compete for investment by their taxes               lesson 05
globe                   areas on the globe                                             lesson 06
gravity                 trade, size, distance and the trade that borders hide          lesson 06
win_sets                two-level games on a line                                      lesson 07
tradp_cycle             the five steps of the 1993 Tumen study, round by round         lesson 08
tradp_curve             the cycle as one curve: fixed points, folds, loop gain         lesson 08
tradp_experiments       pushes, hysteresis, sensitivity                                lesson 08
summit                  the negotiation of lesson 09, with every deal counted          lesson 09

Each file opens with what its model says about the world, its symbols, its source and what it
leaves out. None of them reads a file, draws or knows the course's tables: `tutor.baselines` brings
the tables to the models.
"""
