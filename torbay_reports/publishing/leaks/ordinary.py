"""Words that begin with a capital in a council's papers without naming anybody."""

from typing import Final

_WORDS: Final = """
a about above according accordingly acting action actions acts act additional adult adults after against agenda all
also although an and annex annual any appendices appendix april approved are area areas as asset assets assistant
at audit august authority authorities balance balances bank based because before below between bill board body both
britain british budget budgets building business but by cabinet can capital care case chair chairman chairs chapter
charge charges chief child children childrens citizens civic clause clerk code commercial commission commissioner
commissioning committee committees community company confidential constitution consultation contract contracts
control corporate cost costs council councillor councillors councils county court credit crown culture current
customer customers data date day dear debt debts december decision decisions democratic department departments
deputy detail details development direct direction director directorate directors district division draft due during
each economic economy education either england english environment environmental equality estates european every
exchequer executive executives exempt expenditure external fair families family february fee fees final finance
finances financial first five following for forecast four framework freedom friday from full fund funding funds
further general given governance government grant grants gross group groups harbour head heads health her here high
highways his holiday home homes house housing how however human if impact implications important improvement in
income information inspection inspections inspector interim internal into invest investment is issue item items it
its january joint july june kingdom land large late later law leader learning legal leisure less letter letters
level library limit limits list lists local loan loans low made majesty management manager managers mandatory march
market may mayor mayoral mayors meeting meetings member members minister ministers minute minutes miss mitigation
monday money monitoring month monthly more most national near net new no non none north northern not note notes
notice november now number october of off office officer officers ofsted old on one only open operational operations
option options or order organisation other our outcome outcomes outside outturn overall overspend overview page
panel paper papers paragraph parent parents parish park parks parliament part partner partners partnership
partnerships pay payment payments pension pensions people per performance period person place plan planning plans
please police policies policy portfolio position postal practice present previous principal priority private
procurement programme programmes progress project projects property proposal proposals protection provision public
purpose quality quarter quarterly question questions rate rates recommendation recommendations record records
recruitment red reduction regeneration register registrar regulation regulations relations report reporting reports
republic request reserve reserves resident residents resource resources response restricted result results revenue
review reviews risk risks road saturday saving savings schedule scheme schemes school schools scrutiny second
secretary section sections senior september series service services settlement she should since six small social
some south southern special staff standard standards standing state statement status statutory strategic strategy
street strategies sub summary sunday supplement support supporting table tax team teams ten term terms that the
their then there therefore these they third this those though three through thursday title to together total town
trading training transformation transport treasurer treasury trust tuesday two under underspend unit united until
update variance vice virement visit voluntary was waste water we wednesday week welfare were west western what when
where whether which while who why with within without work workforce working write year yearly young youth your
"""
ORDINARY: Final = frozenset(_WORDS.split())
