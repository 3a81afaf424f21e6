package rehearse

func faults() []Scenario { return nil }
