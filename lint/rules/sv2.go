package rules

import (
	"sysv/lint"
)

// sv2 are the rules on start twice, stop twice.
func sv2() []*lint.Rule {
	return []*lint.Rule{
		sv2001(), sv2002(), sv2003(), sv2004(), sv2005(), sv2006(), sv2007(), sv2008(),
		sv2009(), sv2010(), sv2011(), sv2012(), sv2013(), sv2014(), sv2015(),
	}
}
