module armada

go 1.25

ignore ./node_modules
